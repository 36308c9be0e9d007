import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { GraphError } from '@learnamp/graph-client';
import { connectMongo } from '@learnamp/mongo';
import { createLogger } from '@learnamp/service';
import { noHints, type WorkRecord, workRecordModel } from '@learnamp/sync-state';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection, Model } from 'mongoose';
import { settleDueAt } from '../../src/work/due.ts';
import { defaultTimings } from '../../src/work/timings.ts';
import { runWorker } from '../../src/work/worker.ts';

jest.setTimeout(60_000);

const now = new Date('2026-11-25T12:00:00Z');
const past = new Date(now.getTime() - 1);
const later = new Date(now.getTime() + 3_600_000);

describe('a worker', () => {
  let mongo: RealMongo;
  let connection: Connection;
  let records: Model<WorkRecord>;

  beforeAll(async () => {
    mongo = await startMongo();
    connection = await connectMongo({ uri: mongo.uri(), appName: 'worker-test' });
    records = workRecordModel(connection);
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
    await mongo.stop();
  });
  beforeEach(async () => {
    await records.deleteMany({});
  });

  const idle = {
    nextFullAt: later,
    nextDeltaAt: later,
    nextSubscriptionCheckAt: later,
    nextPhotosAt: null,
    requests: [],
    hints: noHints,
  };
  /** An organisation with links to follow and nothing to do, but for what is said. */
  const anOrganisation = async (id: string, due: Partial<WorkRecord>) => {
    await records.create({ _id: id, ...idle, pausedUntil: past, ...due });
    await settleDueAt(records, id, now);
  };

  /** Whom a worker claims until nobody is left. */
  async function claimed(
    dueBy: 'dueAt' | 'shortDueAt',
    workOff: (id: string) => Promise<void> = () => Promise.resolve(),
  ) {
    const stop = new AbortController();
    const ids: string[] = [];
    await runWorker(
      {
        workRecords: records,
        holder: 'me',
        clock: () => now,
        timings: defaultTimings,
        logger: createLogger('worker', 'silent'),
        dueBy,
        workOff: async ({ id }) => {
          ids.push(id);
          // As if it had been done.
          await records.updateOne({ _id: id }, { $set: idle });
          await workOff(id);
        },
        idle: () => {
          stop.abort();
          return Promise.resolve();
        },
      },
      stop.signal,
    );
    return ids.toSorted();
  }

  const everybody = async () => {
    await anOrganisation('a full run', { nextFullAt: past });
    await anOrganisation('photos', { nextPhotosAt: past });
    await anOrganisation('setup', { nextFullAt: past, nextDeltaAt: null, nextSubscriptionCheckAt: past });
    await anOrganisation('changes', { nextDeltaAt: past });
    await anOrganisation('hints', { hints: { ...noHints, overflow: true } });
    await anOrganisation('gathering', { hints: { ...noHints, overflow: true }, nextHintedAt: later });
    const asked = { requestId: 'r', personId: 'p', requestedBy: 'olga' };
    await anOrganisation('a full run that somebody wants', { requests: [{ ...asked, mode: 'full' }] });
    await anOrganisation('a person', { requests: [{ ...asked, mode: 'person' }] });
    await anOrganisation('paused', { nextDeltaAt: past, pausedUntil: later });
  };

  it('of the reserved ones claims whoever has short work, and leaves long runs to the others', async () => {
    await everybody();

    expect(await claimed('shortDueAt')).toEqual(['a person', 'changes', 'hints'].toSorted());
  });

  it('of the others claims whoever has anything to do', async () => {
    await everybody();

    const waiting = ['a person', 'a full run that somebody wants', 'changes', 'hints'];
    expect(await claimed('dueAt')).toEqual(['a full run', 'photos', 'setup', ...waiting].toSorted());
  });

  it('leaves an organisation alone for as long as Graph asked, and goes on with the others', async () => {
    await anOrganisation('throttled', { nextDeltaAt: past });
    await anOrganisation('other', { nextDeltaAt: past });

    const ids = await claimed('dueAt', (id) =>
      id === 'throttled'
        ? Promise.reject(new GraphError('throttled', 'as it is', { retryAfterMs: 900_000 }))
        : Promise.resolve(),
    );

    expect(ids).toEqual(['other', 'throttled']);
    const { pausedUntil, dueAt } = await records.findById('throttled').lean().orFail();
    expect(pausedUntil).toEqual(new Date(now.getTime() + 900_000));
    expect(dueAt.getTime()).toBeGreaterThanOrEqual(pausedUntil.getTime());
  });
});
