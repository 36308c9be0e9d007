import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Consumer, deadLetterTopicOf } from '@learnamp/bus';
import { decodeEvent, syncRequest, type Topic, topics } from '@learnamp/contracts';
import { learnerModel, runModel } from '@learnamp/learners';
import { ensureIndexes } from '@learnamp/mongo';
import { organisationModel } from '@learnamp/organisations';
import {
  type AskedPermission,
  directoryAnswerModel,
  heldSetModel,
  subscriptionModel,
  workRecordModel,
} from '@learnamp/sync-state';
import { sharedModels } from '../../src/doctor/shared-models.ts';
import { nodeVersion } from '../../src/doctor/doctor-command.ts';
import { type Operator, type RunOptions, startOperatorAlone } from '../support/operator.ts';
import { startReader } from '../support/picky-reader.ts';

interface Found {
  readonly part: string;
  readonly state: string;
  readonly says: string;
  readonly todo: string | null;
}

let operator: Operator;
const stops: (() => Promise<void>)[] = [];
let permissions: readonly AskedPermission[];
let isAnswering = true;

const granted: readonly AskedPermission[] = [{ name: 'User.Read.All', state: 'granted', stops: 'everything' }];

const doctor = async (flags = '', options: RunOptions = {}) => {
  const ended = await operator.run(`doctor --json${flags}`, options);
  return { code: ended.code, found: JSON.parse(ended.out) as Found[] };
};

/** directory-sync, as far as it answers questions about permissions. */
async function startAnswering({ bus, connection, acme }: Operator): Promise<Consumer> {
  return bus.consume({
    groupId: topics.syncRequests.consumerGroup,
    topics: [topics.syncRequests.name],
    handle: async (records) => {
      for (const record of records) {
        const decoded = decodeEvent([syncRequest], record);
        if (!decoded.ok || !isAnswering) continue;
        const { requestId: _id } = decoded.event.data;
        const said = {
          organisationId: acme.id,
          at: new Date(),
          revision: 1,
          question: 'permissions' as const,
          permissions,
        };
        await directoryAnswerModel(connection).create({ _id, ...said, groups: [] });
      }
      return records.map(() => ({ kind: 'done' }) as const);
    },
  });
}

const hour = 3_600_000;

async function makeWell({ connection, acme }: Operator): Promise<void> {
  const at = new Date();
  const organisationId = acme.id;
  await workRecordModel(connection).create({ _id: organisationId, dueAt: new Date(at.getTime() + hour) });
  const numbers = { members: 1, emitted: 1, unchanged: 0, skipped: 0, graphRequests: 1 };
  await runModel(connection).create({
    ...{
      _id: 'run-1',
      organisationId,
      version: '0000000001-000000000001',
      mode: 'full',
      stage: 'finished',
      trigger: 'schedule',
    },
    ...{
      requestIds: [],
      startedAt: at,
      finishedAt: at,
      progress: { step: '', done: 0, total: 0 },
      counts: numbers,
      problem: null,
    },
    ...{
      applied: { created: 1, updated: 0, unchanged: 0, deactivated: 0 },
      totals: null,
      managerCycles: [],
      photos: null,
    },
  });
  for (const kind of ['users', 'groups'] as const) {
    const lives = { expiresAt: new Date(at.getTime() + 48 * hour), seenAt: at };
    const sealed = { tenantSealed: null, tenantIndex: null };
    await subscriptionModel(connection).create({
      ...{
        _id: `${organisationId}:${kind}`,
        organisationId,
        kind,
        subscriptionId: kind,
        notificationUrl: 'https://x.example',
      },
      ...{ ...lives, ...sealed },
    });
  }
}

beforeAll(async () => {
  operator = await startOperatorAlone();
  permissions = granted;
  sharedModels(operator.connection);
  await ensureIndexes(operator.connection);
  await operator.bus.ensureTopics(Object.values(topics));
  const every = Object.values<Topic>(topics).flatMap((topic) =>
    [topic.consumerGroup, ...(topic.followers ?? [])].map((consumerGroup) => ({ ...topic, consumerGroup })),
  );
  for (const topic of every) {
    if (topic.name === topics.syncRequests.name) continue;
    const reader = await startReader(operator.bus, topic);
    stops.push(() => reader.stop());
  }
  const answering = await startAnswering(operator);
  stops.push(() => answering.stop());
  await makeWell(operator);
}, 180_000);
afterAll(async () => {
  for (const stop of stops) await stop();
  await operator.stop();
});

describe('doctor', () => {
  it('says that all is well where it is, with exit code 0', async () => {
    const ended = await operator.run('doctor');

    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/\n\nall is well\n$/) });
    expect(ended.out).toMatch(/^ok +MongoDB +version \d+\.\S+, replica set \S+$/m);
    expect(ended.out).toMatch(/^ok +topics +12, all as they should be$/m);
    expect(ended.out).toMatch(/^ok +acme +all permissions that are needed are granted$/m);
  }, 60_000);

  interface Trouble {
    readonly what: string;
    /** Makes the trouble; the answer ends it. */
    readonly make: (operator: Operator) => Promise<() => unknown>;
    readonly finding: readonly [state: string, part: string, says: RegExp, todo: RegExp];
  }

  const change = async (update: object, back: object) => {
    await workRecordModel(operator.connection).updateOne({}, update);
    return () => workRecordModel(operator.connection).updateOne({}, back);
  };

  const later = new Date(Date.now() + hour);

  const troubles: readonly Trouble[] = [
    {
      what: 'a topic that is configured otherwise',
      make: async ({ bus }) => {
        await bus.configureTopic('sync.requests', { 'retention.ms': '1000' });
        return () => bus.configureTopic('sync.requests', topics.syncRequests.config);
      },
      finding: ['problem', 'topics', /sync\.requests is to be changed: retention\.ms: 1000/, /topics apply/],
    },
    {
      what: 'a dead letter',
      make: async ({ bus, acme }) => {
        const from = {
          'x-dead-letter-topic': 'sync.requests',
          'x-dead-letter-partition': '0',
          'x-dead-letter-offset': '0',
        };
        const headers = { ...from, 'x-dead-letter-timestamp': '0' };
        const topic = deadLetterTopicOf('sync.requests');
        await bus.publish([{ topic, partitionBy: acme.id, key: acme.id, value: Buffer.from('x'), headers }]);
        return () => operator.run('dead-letters discard --all --yes');
      },
      finding: ['warning', 'dead letters', /^1 wait for an answer$/, /dead-letters list/],
    },
    {
      what: 'an index that is missing',
      make: async ({ connection }) => {
        await connection.collection('workRecords').dropIndex('dueAt_1');
        return () => workRecordModel(connection).createIndexes();
      },
      finding: ['warning', 'indexes', /^workRecords lacks \{"dueAt":1\}$/, /start the services/],
    },
    {
      what: 'a subscription that ended',
      make: async ({ connection }) => {
        const kind = { kind: 'users' } as const;
        await subscriptionModel(connection).updateOne(kind, { expiresAt: new Date(0) });
        return () => subscriptionModel(connection).updateOne(kind, { expiresAt: new Date(Date.now() + 48 * hour) });
      },
      finding: ['problem', 'acme', /subscription to users ended at 1970/, /sync --organisation acme --changes/],
    },
    {
      what: 'a subscription that Graph does not list any more',
      make: async ({ connection }) => {
        await subscriptionModel(connection).updateOne({ kind: 'groups' }, { seenAt: new Date(Date.now() - hour) });
        return () => subscriptionModel(connection).updateOne({ kind: 'groups' }, { seenAt: new Date() });
      },
      finding: ['warning', 'acme', /^Graph listed its subscription to groups last at/, /log of directory-sync/],
    },
    {
      what: 'work that nobody does',
      make: () => change({ dueAt: new Date(Date.now() - hour) }, { dueAt: later }),
      finding: ['problem', 'acme', /^work is due since .* and nobody does it$/, /start directory-sync/],
    },
    {
      what: 'failures in a row',
      make: () => change({ failures: 3 }, { failures: 0 }),
      finding: ['warning', 'acme', /^3 failures in a row/, /runs list --organisation acme/],
    },
    {
      what: 'a run that had a problem',
      make: async ({ connection }) => {
        await runModel(connection).updateOne({ _id: 'run-1' }, { problem: 'the secret has expired' });
        return () => runModel(connection).updateOne({ _id: 'run-1' }, { problem: null });
      },
      finding: ['problem', 'acme', /^the secret has expired$/, /runs show run-1/],
    },
    {
      what: 'a full run that is too old',
      make: async ({ connection }) => {
        await runModel(connection).updateOne({ _id: 'run-1' }, { startedAt: new Date(0) });
        return () => runModel(connection).updateOne({ _id: 'run-1' }, { startedAt: new Date() });
      },
      finding: ['problem', 'acme', /^the last full run is of 1970/, /sync --organisation acme/],
    },
    {
      what: 'changes that wait for approval',
      make: async ({ connection, acme }) => {
        await heldSetModel(connection).create({ _id: acme.id, openedAt: new Date(), runId: 'r', reason: 'many' });
        return () => heldSetModel(connection).deleteMany({});
      },
      finding: ['warning', 'acme', /^changes wait for approval$/, /held show --organisation acme/],
    },
    {
      what: 'a permission that is missing',
      make: () => {
        permissions = [{ name: 'Group.Read.All', state: 'missing', stops: 'no notifications of groups' }];
        return Promise.resolve(() => (permissions = granted));
      },
      finding: ['problem', 'acme', /^Group\.Read\.All is not granted: no notifications of groups$/, /consent again/],
    },
    {
      what: 'a directory-sync that does not answer',
      make: () => {
        isAnswering = false;
        return Promise.resolve(() => (isAnswering = true));
      },
      finding: ['warning', 'acme', /^directory-sync did not say/, /is directory-sync running/],
    },
  ];

  it.each(troubles)(
    'finds $what, and says what to do',
    async ({ make, finding: [state, part, says, todo] }) => {
      const end = await make(operator);

      const { code, found } = await doctor();

      const expected = { state, part, says: expect.stringMatching(says), todo: expect.stringMatching(todo) };
      expect(found.filter((each) => each.state !== 'ok')).toEqual([expected]);
      expect(code).toBe(state === 'problem' ? 1 : 0);
      await end();
    },
    60_000,
  );

  it('finds a clock that is wrong', async () => {
    const { code, found } = await doctor(' --offline', { clock: () => new Date(Date.now() - 10_000) });

    expect(code).toBe(1);
    expect(found).toContainEqual(
      expect.objectContaining({ part: 'clock', state: 'problem', todo: expect.stringContaining('NTP') }),
    );
  }, 60_000);

  it('finds brokers that do not answer, and goes on with the rest', async () => {
    const { code, found } = await doctor('', { env: { ...operator.env, KAFKA_BROKERS: '127.0.0.1:1' } });

    expect(code).toBe(1);
    expect(found[0]).toMatchObject({ part: 'Kafka', state: 'problem', todo: expect.stringContaining('KAFKA_BROKERS') });
    expect(found).toContainEqual(expect.objectContaining({ part: 'organisations', state: 'ok' }));
  }, 90_000);

  it('finds a service that does not run', async () => {
    await stops.shift()?.();

    const { code, found } = await doctor(' --offline');

    expect(code).toBe(1);
    const todo = 'start directory-sync';
    expect(found[0]).toEqual({
      part: 'readers',
      state: 'problem',
      says: 'nobody reads graph.notifications, 0 wait',
      todo,
    });
  }, 60_000);

  it('does not take an organisation for sick that is not provisioned', async () => {
    await organisationModel(operator.connection).create({ _id: 'other', subdomain: 'other', name: 'Other' });
    expect((await doctor(' --offline')).found.filter(({ part }) => part === 'other')).toEqual([]);
    expect(await learnerModel(operator.connection).countDocuments()).toBe(0);
  }, 60_000);

  it.each([
    ['20.18.3', 'problem'],
    ['18.20.0', 'problem'],
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
  ])('takes Node.js %s for %s', (version, state) => {
    expect(nodeVersion(version)).toMatchObject({ state });
  });
});
