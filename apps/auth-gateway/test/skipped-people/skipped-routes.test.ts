import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from '@learnamp/testkit';
import { aRun } from '../fixtures/a-learner.ts';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const STRANGER = 'd0000000-0000-4000-8000-00000000000d';
let world: World;
let owner: Browser;
let learner: Browser;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
}, 120_000);
afterAll(() => world.stop());
beforeEach(() => world.gateway.models.runs.deleteMany({}));

const get = (browser = owner) => browser.get(`${world.home}/api/skipped`);
const read = async () => JSON.parse((await get()).body) as { groups: { code: string; repair: string }[] };
const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const over = (day: number) => ({ stage: 'finished' as const, startedAt: at(day), finishedAt: at(day) });
const store = (run: Omit<Parameters<typeof aRun>[0], 'organisationId'>, organisationId = world.acme.id) =>
  world.gateway.models.runs.create(aRun({ ...run, organisationId }));
const skipped = (reason: 'disabled' | 'switched off' | 'not found' | 'unreadable' | 'erased') => ({
  ...{ reason, people: 1, first: [] },
});

describe('GET /api/skipped', () => {
  it('tells whom the newest full run skipped, why, and what to do, and which fields could not be read', async () => {
    await store({
      ...{ ...over(3), _id: 'newest' },
      skipped: [
        { reason: 'disabled', people: 3, first: [{ personId: STRANGER, userPrincipalName: 'dis@acme.example' }] },
        {
          ...{ reason: 'not found', people: 2 },
          first: [
            { personId: ada.oid, userPrincipalName: null },
            { personId: STRANGER, userPrincipalName: null },
          ],
        },
      ],
      unreadableFields: [{ field: 'location', people: 4, problem: 'D3030: no number' }],
    });

    expect(await read()).toEqual({
      run: { id: 'newest', at: at(3).toISOString() },
      groups: [
        {
          ...{ reason: 'disabled in Entra', code: 'disabled', people: 3, first: ['dis@acme.example'] },
          repair: expect.stringMatching(/^Enable their accounts in Entra.*\.$/),
        },
        {
          ...{ reason: 'not found in the directory', code: 'not-found', people: 2, first: [ada.name, STRANGER] },
          repair: expect.stringMatching(/\.$/),
        },
      ],
      unreadable: [{ field: 'location', people: 4, problem: 'D3030: no number' }],
    });
  });

  it('has a code and a repair of its own for every reason', async () => {
    const reasons = ['disabled', 'switched off', 'not found', 'unreadable', 'erased'] as const;
    await store({ ...over(1), _id: 'all', skipped: reasons.map(skipped) });

    const { groups } = await read();

    expect(groups.map(({ code }) => code)).toEqual(['disabled', 'switched-off', 'not-found', 'unreadable', 'erased']);
    expect(new Set(groups.map(({ repair }) => repair)).size).toBe(5);
  });

  it('tells of no run that goes on, was cut short, is of another kind or of another organisation', async () => {
    await store({ ...over(1), _id: 'older', skipped: [skipped('erased')] });
    await store({ _id: 'goes on', startedAt: at(5), skipped: [skipped('disabled')] });
    await store({ ...over(6), _id: 'cut', stage: 'interrupted' });
    await store({ ...over(7), _id: 'preview', mode: 'preview' });
    await store({ ...over(8), _id: 'changes', mode: 'delta' });
    await store({ ...over(9), _id: 'theirs' }, world.globex.id);

    expect(await read()).toMatchObject({ run: { id: 'older' }, groups: [{ code: 'erased', people: 1 }] });
  });

  it('is empty before there is a run, and for administrators alone', async () => {
    expect(await read()).toEqual({ run: null, groups: [], unreadable: [] });
    expect([(await get(learner)).status, (await get(createBrowser())).status]).toEqual([403, 401]);
  });
});
