import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BusRecord } from '@learnamp/bus';
import { encodeEvent, type LearnerAction, learnerCommand, learnerCommandKey } from '@learnamp/contracts';
import { erasureId, nameHash } from '@learnamp/learners';
import { erasureHandler } from '../../src/erasure/erasure-handler.ts';
import { storeImport } from '../../src/imports/store-import.ts';
import { aWorld, type World } from '../fixtures/world.ts';

const PERSON = '00000000-0000-4000-8000-000000000001';
const [ADA, BOB] = ['lrn_ada', 'lrn_bob'];
const context = { signal: new AbortController().signal, heartbeat: () => Promise.resolve() };

describe('an erasure', () => {
  let world: World;
  let commands = 0;

  const models = () => world.gateway.models;
  const handOver = async (action: LearnerAction, outcome?: 'applied' | 'refused') => {
    const commandId = `command-${(commands += 1)}`;
    const organisationId = world.acme.id;
    const said = { commandId, organisationId, requestedBy: 'test', action };
    const about = { organisationId, key: learnerCommandKey(said), source: 'test', time: new Date(0) };
    const { topic, key, value, headers } = encodeEvent(learnerCommand, said, about);
    const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)] as const);
    const place = { topic, partition: 0, offset: 0n, timestamp: 0, key: Buffer.from(key), value };
    const record: BusRecord = { ...place, headers: Object.fromEntries(bytes) };
    const decided = { organisationId, kind: action.kind, reason: null, count: 1, at: new Date() };
    if (outcome) await models().commandOutcomes.create({ _id: commandId, outcome, ...decided });
    return erasureHandler(models())([record], context);
  };
  const erase = (): LearnerAction => ({
    ...{ kind: 'erase', learnerId: ADA, people: [erasureId(world.acme.id, PERSON)] },
    names: [nameHash(world.acme.id, 'Ada@acme.example')],
  });
  const kept = async () => {
    const each = [
      'sessions',
      'passwords',
      'knownBrowserDocuments',
      'redemptions',
      'signInTraces',
      'apiTokens',
    ] as const;
    const counts = await Promise.all(
      each.map(async (name) => models()[name].collection.countDocuments({ whose: ADA })),
    );
    return counts.reduce((sum, count) => sum + count, await models().signInLinks.countDocuments());
  };

  beforeAll(async () => {
    world = await aWorld();
    const { sessions, knownBrowserDocuments, redemptions, signInTraces, apiTokens, passwords, signInLinks } = models();
    for (const { collection } of [sessions, knownBrowserDocuments, redemptions, signInTraces, apiTokens]) {
      for (const whose of [ADA, BOB])
        await collection.insertOne({ _id: `of-${whose}`, whose, learnerId: whose, hash: whose } as never);
    }
    for (const whose of [ADA, BOB]) await passwords.collection.insertOne({ _id: whose, whose } as never);
    const link = { organisationId: world.acme.id, learnerId: 'lrn_by_hand', at: new Date(0) };
    await signInLinks.create({ _id: `${world.acme.id}:${PERSON}`, ...link });
    await storeImport(
      { ...models(), clock: () => new Date() },
      {
        ...{ id: 'list', organisation: world.acme, fileName: 'staff.csv', requestedBy: BOB },
        bytes: Buffer.from('Email;First name\nbob@acme.example;Bob\nada@acme.example;Ada\neve@acme.example;Eve'),
      },
    );
  }, 120_000);
  afterAll(() => world.stop());

  it('is asked about again until profile-writer has decided, and nothing goes where that refuses', async () => {
    await expect(handOver(erase())).rejects.toThrow(/has not decided/);
    expect(await handOver(erase(), 'refused')).toEqual([expect.objectContaining({ kind: 'skip' })]);
    expect(await handOver({ kind: 'clear-applied' }, 'applied')).toEqual([expect.objectContaining({ kind: 'skip' })]);

    expect(await kept()).toBe(7);
  });

  it('removes how somebody comes in, and leaves others alone', async () => {
    expect(await handOver(erase(), 'applied')).toEqual([{ kind: 'done' }]);

    expect(await kept()).toBe(0);
    expect(await models().sessions.countDocuments({ learnerId: BOB })).toBe(1);
    expect(await models().passwords.countDocuments({ _id: BOB })).toBe(1);
  });

  it('empties rows of lists that name them, of which no list waits for an outcome', async () => {
    const rows = await models().importRows.find({ importId: 'list' }).sort({ line: 1 }).lean();

    expect(rows.map(({ action, problem }) => [action?.fields.email ?? null, problem])).toEqual([
      ['bob@acme.example', null],
      [null, 'The person of this row was erased.'],
      ['eve@acme.example', null],
    ]);
    expect((await models().imports.findById('list').lean())?.counts.accepted).toBe(2);
  });

  it('changes nothing when it comes again', async () => {
    await handOver(erase(), 'applied');

    expect((await models().imports.findById('list').lean())?.counts.accepted).toBe(2);
    expect(await models().importRows.countDocuments({ action: { $ne: null } })).toBe(2);
  });
});
