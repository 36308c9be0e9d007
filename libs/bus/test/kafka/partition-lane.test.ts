import { describe, expect, it } from '@jest/globals';
import type { AppendRecord } from '../../src/append-record.ts';
import { BusError } from '../../src/index.ts';
import { checkAnswer } from '../../src/kafka/check-answer.ts';
import { PartitionLane, type PartitionLaneDeps } from '../../src/kafka/partition-lane.ts';
import { aGate } from '../contract/fixtures.ts';

const unavailable = new BusError('bus-unavailable', 'no answer');
const refused = new BusError('message-too-large', 'too large');

function aRecord(value: string): AppendRecord {
  return { topic: 't', partition: 0, key: null, value: Buffer.from(value), headers: {} };
}

function aLane(send: (values: string[]) => Promise<void>, more: Partial<PartitionLaneDeps> = {}): PartitionLane {
  return new PartitionLane({
    send: (records) => send(records.map(({ value }) => String(value))),
    beforeRetry: () => Promise.resolve(),
    refusalOf: (error) => error as Error,
    batchRoom: 1_000_000,
    ...more,
  });
}

function append(lane: PartitionLane, value: string, abandoned = (): boolean => false): Promise<void> {
  return lane.append({ records: [aRecord(value)], abandoned });
}

describe('PartitionLane', () => {
  it('sends one request at a time and everything that came meanwhile in the next one', async () => {
    const requests: string[][] = [];
    const gate = aGate();
    const lane = aLane(async (values) => {
      requests.push(values);
      await gate.opened;
    });

    const appended = ['a', 'b', 'c'].map((value) => append(lane, value));
    gate.open();
    await Promise.all(appended);

    expect(requests).toEqual([['a'], ['b', 'c']]);
  });

  it('repeats a request that got no answer before it sends what is behind it', async () => {
    const requests: string[][] = [];
    const lane = aLane((values) => {
      requests.push(values);
      return requests.length < 3 ? Promise.reject(unavailable) : Promise.resolve();
    });

    await Promise.all([append(lane, 'a'), append(lane, 'b')]);

    expect(requests).toEqual([['a'], ['a'], ['a'], ['b']]);
  });

  it('refuses only the record that is to blame', async () => {
    const gate = aGate();
    const lane = aLane(async (values) => {
      await gate.opened;
      if (values.includes('bad')) throw refused;
    });
    const appended = ['first', 'good', 'bad', 'fine'].map((value) => append(lane, value));

    gate.open();

    const outcomes = await Promise.allSettled(appended);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('does not send what nobody waits for any more', async () => {
    const requests: string[][] = [];
    const gate = aGate();
    const lane = aLane(async (values) => {
      requests.push(values);
      await gate.opened;
    });
    let givenUp = false;
    const first = append(lane, 'first');
    void append(lane, 'abandoned', () => givenUp);
    const last = append(lane, 'last');

    givenUp = true;
    gate.open();
    await Promise.all([first, last]);

    expect(requests).toEqual([['first'], ['last']]);
  });

  it('ends its repetitions when nobody waits any more', async () => {
    let attempts = 0;
    const lane = aLane(
      () => {
        attempts += 1;
        return Promise.reject(unavailable);
      },
      { beforeRetry: () => Promise.resolve() },
    );

    await append(lane, 'a', () => attempts >= 5);

    expect(attempts).toBe(5);
  });

  it('fills a request only up to its room', async () => {
    const requests: string[][] = [];
    const gate = aGate();
    const lane = aLane(
      async (values) => {
        requests.push(values.map((value) => value.slice(0, 1)));
        await gate.opened;
      },
      { batchRoom: 2_500 },
    );

    const appended = ['a', 'b', 'c', 'd'].map((value) => append(lane, value.repeat(1_000)));
    gate.open();
    await Promise.all(appended);

    expect(requests).toEqual([['a'], ['b', 'c'], ['d']]);
  });
});

describe('checkAnswer', () => {
  const part = { topicName: 't', partition: 3, errorCode: 0 };

  it('accepts an answer that acknowledges the partition', () => {
    expect(() => checkAnswer([part], 't', 3)).not.toThrow();
  });

  it.each([
    ['nothing', []],
    ['another partition', [{ ...part, partition: 2 }]],
    ['another topic', [{ ...part, topicName: 'u' }]],
    ['an error', [{ ...part, errorCode: 7 }]],
  ])('takes an answer with %s for no answer, to be tried again', (_, answer) => {
    expect(() => checkAnswer(answer, 't', 3)).toThrow(
      expect.objectContaining({ code: 'bus-unavailable', retriable: true }),
    );
  });
});
