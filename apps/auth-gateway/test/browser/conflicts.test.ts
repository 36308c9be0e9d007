import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { type Acme, ada, inFreshWindow, mary, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

const newcomer = 'd0000000-0000-4000-8000-000000000001';
let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
  const organisationId = acme.organisation.id;
  const learnerId = learnerIdOf(organisationId, 'microsoft', mary.id);
  const { fields } = await acme.gateway.models.learners.findById(learnerId).lean().orFail();
  await acme.gateway.models.conflicts.create({
    _id: `${organisationId}:${newcomer}`,
    ...{ organisationId, personId: newcomer, kind: 'live-link-elsewhere', state: 'waiting' },
    ...{ since: new Date('2026-01-01T10:00:00Z'), answer: null, candidates: [{ learnerId, by: ['email'] }] },
    said: {
      ...{ organisationId, source: 'microsoft', personId: newcomer, version: '0000000001-000000000009' },
      ...{ hash: 'a-hash-of-sixteen', runId: 'run-1', active: true, userPrincipalName: 'm.somerville@acme.example' },
      ...{ userType: 'Member', fields: { ...fields, displayName: 'M. Somerville' } },
    },
  });
}, 120_000);

afterAll(() => acme.stop());

it.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 360, height: 640 }],
])('an Owner says who somebody is by the keyboard alone, on a %s screen', async (_name, viewport) => {
  const before = (await learnerCommandsOf(acme.gateway)).length;
  await inFreshWindow(
    acme,
    async (page, complaints) => {
      // The first sign-in makes Ada Owner.
      await signInAs(acme, page, ada.name);
      const section = page.getByRole('region', { name: 'Who are they?' });
      await section.getByText('linked to another account').waitFor();
      const scrolled = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      const folder = process.env['SCREENSHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/conflicts-${viewport.width}.png`, fullPage: true });
      await section.getByRole('button', { name: 'M. Somerville is the learner Mary Somerville' }).focus();
      await page.keyboard.press('Enter');

      await page.getByText('Your answer is noted.').waitFor();
      const given = (await learnerCommandsOf(acme.gateway)).slice(before).map(({ action }) => action);
      expect(given.filter(({ kind }) => kind === 'resolve-conflict')).toMatchObject([
        { personId: newcomer, answer: 'link' },
      ]);
      expect([scrolled, complaints]).toEqual([0, []]);
    },
    { viewport },
  );
});
