import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Model, Schema } from 'mongoose';
import {
  claimLease,
  ensureIndexes,
  type HeldLease,
  type Lease,
  leaseFields,
  LeaseLostError,
  releaseLease,
  renewLease,
  underLease,
} from '../src/index.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

interface Work {
  _id: string;
  done: number;
  lease: Lease;
}

const schema = new Schema<Work>(
  { _id: { type: String, required: true }, done: { type: Number, default: 0 }, lease: leaseFields },
  { collection: 'work', versionKey: false },
);

const TTL_MS = 30_000;
const start = new Date('2026-11-23T12:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

describe('a lease', () => {
  let database: TestDatabase;
  let work: Model<Work>;
  let documents = 0;

  beforeAll(async () => {
    database = await openTestDatabase();
    work = database.connection.model<Work>('Work', schema);
    await ensureIndexes(database.connection);
  }, 120_000);
  afterAll(() => database.close());

  const newWork = async () => {
    const _id = `work-${(documents += 1)}`;
    await work.create({ _id, lease: { holder: null, epoch: 0, until: new Date(0) } });
    return _id;
  };
  const claim = (_id: string, holder: string, now = start) => claimLease(work, { _id }, { holder, now, ttlMs: TTL_MS });
  const held = async (_id: string, holder: string, now = start): Promise<HeldLease> => {
    const lease = await claim(_id, holder, now);
    if (!lease) throw new Error(`${holder} did not get ${_id}`);
    return lease;
  };
  const doneOf = async (_id: string) => (await work.findById(_id).lean())?.done;
  const add = (lease: HeldLease) => (session: Parameters<Parameters<typeof underLease>[4]>[0]) =>
    work.updateOne({ _id: lease.id }, { $inc: { done: 1 } }, { session });

  it('goes to exactly one of many who claim it at once', async () => {
    for (let round = 0; round < 25; round += 1) {
      const id = await newWork();

      const claims = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => claim(id, holder)));

      const winners = claims.filter((lease) => lease !== null);
      expect(winners).toEqual([{ id, holder: winners[0]?.holder, epoch: 1 }]);
    }
  }, 60_000);

  it('that is held is nobody else’s until it runs out, and has a new epoch then', async () => {
    const id = await newWork();
    await held(id, 'a');

    expect(await claim(id, 'b', after(29))).toBeNull();
    expect(await claim(id, 'b', after(30))).toEqual({ id, holder: 'b', epoch: 2 });
  });

  it('that is renewed runs out later', async () => {
    const id = await newWork();
    const lease = await held(id, 'a');

    await renewLease(work, lease, after(60));

    expect(await claim(id, 'b', after(30))).toBeNull();
    expect(await claim(id, 'b', after(60))).not.toBeNull();
  });

  it('that went to another can be neither renewed nor released', async () => {
    const id = await newWork();
    const lost = await held(id, 'a');
    const current = await held(id, 'b', after(30));

    await expect(renewLease(work, lost, after(90))).rejects.toBeInstanceOf(LeaseLostError);
    await releaseLease(work, lost);

    expect(await claim(id, 'c', after(31))).toBeNull();
    await expect(renewLease(work, current, after(90))).resolves.toBeUndefined();
  });

  it('that went to another and came back has another epoch', async () => {
    const id = await newWork();
    const lost = await held(id, 'a');
    await held(id, 'a', after(30));

    await expect(renewLease(work, lost, after(90))).rejects.toMatchObject({ code: 'lease-lost', retriable: false });
  });

  it('that is released can be claimed at once', async () => {
    const id = await newWork();
    const lease = await held(id, 'a');

    await releaseLease(work, lease);

    expect(await claim(id, 'b')).toEqual({ id, holder: 'b', epoch: 2 });
  });

  it('lets its holder write, and prolongs itself', async () => {
    const id = await newWork();
    const lease = await held(id, 'a');

    await underLease(database.connection, work, lease, after(60), add(lease));

    expect(await doneOf(id)).toBe(1);
    expect(await claim(id, 'b', after(30))).toBeNull();
  });

  it('lets a holder who lost it write nothing', async () => {
    const id = await newWork();
    const lost = await held(id, 'a');
    await held(id, 'b', after(30));

    const writing = underLease(database.connection, work, lost, after(60), add(lost));

    await expect(writing).rejects.toBeInstanceOf(LeaseLostError);
    expect(await doneOf(id)).toBe(0);
  });

  it('makes a claim that comes in the middle wait, and refuses it because the holder prolonged', async () => {
    const id = await newWork();
    const lease = await held(id, 'a');
    const claims: Promise<HeldLease | null>[] = [];

    await underLease(database.connection, work, lease, after(60), async (session) => {
      await add(lease)(session);
      claims.push(claim(id, 'b', after(30)));
    });

    expect(await Promise.all(claims)).toEqual([null]);
    expect(await doneOf(id)).toBe(1);
  });

  it('is either prolonged with the work done or lost with nothing done, whoever is first', async () => {
    for (let round = 0; round < 25; round += 1) {
      const id = await newWork();
      const lease = await held(id, 'a');

      const [taken, written] = await Promise.all([
        claim(id, 'b', after(30)),
        underLease(database.connection, work, lease, after(60), add(lease)).then(
          () => true,
          (error: unknown) => !(error instanceof LeaseLostError),
        ),
      ]);

      expect(written).toBe(taken === null);
      expect(await doneOf(id)).toBe(written ? 1 : 0);
    }
  }, 60_000);

  it('leaves nothing behind of work that fails', async () => {
    const id = await newWork();
    const lease = await held(id, 'a');
    const failure = new Error('half way');

    const failing = underLease(database.connection, work, lease, after(60), async (session) => {
      await add(lease)(session);
      throw failure;
    });

    await expect(failing).rejects.toBe(failure);
    expect(await doneOf(id)).toBe(0);
    expect(await claim(id, 'b', after(30))).not.toBeNull();
  });
});
