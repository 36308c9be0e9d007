import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BusRecord, deadLetterTopicOf, type OperatorBus, partitionOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { deadLetterAnswerModel } from '../../src/dead-letters/answer-model.ts';
import { forgetInTopics } from '../../src/erasure/forget-in-topics.ts';
import { namesOf } from '../../src/person/mentions.ts';
import { aState, personId } from '../support/events.ts';
import { type Operator, startOperatorAlone } from '../support/operator.ts';

const letters = deadLetterTopicOf(topics.directoryUsers.name);

describe('topics that are to forget somebody', () => {
  let operator: Operator;
  /** Of another organisation, in the same partition. */
  let neighbour: string;

  const forget = (bus: OperatorBus = operator.bus) =>
    forgetInTopics({
      ...{ bus, connection: operator.connection, organisationId: operator.acme.id, progress: () => undefined },
      names: namesOf(new Set([personId(1), 'ada@acme.example'])),
    });
  const recordsOf = async (topic: string) => {
    const records: BusRecord[] = [];
    for await (const record of operator.bus.read({ topic })) records.push(record);
    return records;
  };
  const letter = (organisationId: string, text: string, at: number) => ({
    ...{ topic: letters, partitionBy: organisationId, key: organisationId, value: Buffer.from(text) },
    headers: { 'x-dead-letter-topic': topics.directoryUsers.name, 'x-dead-letter-offset': String(at) },
  });

  beforeAll(async () => {
    operator = await startOperatorAlone();
    const { bus, acme } = operator;
    const { partitions } = topics.directoryUsers;
    const isBeside = (id: string) => partitionOf(id, partitions) === partitionOf(acme.id, partitions);
    neighbour = Array.from({ length: 1000 }, (_, number) => `org-${number}`).find(isBeside) ?? '';
    await bus.ensureTopics(Object.values(topics));
  }, 180_000);
  afterAll(() => operator.stop());

  it('empties the keys of the person whose record is newest, and leaves others and the superseded alone', async () => {
    const { bus, acme } = operator;
    await bus.publish([aState(acme.id, 1, 'Ada', 1), aState(acme.id, 2, 'Bob', 2), aState(acme.id, 1, 'Ada', 3)]);
    await bus.publish([aState(neighbour, 1, 'Ada', 1)]);
    const before = await recordsOf(topics.directoryUsers.name);

    await forget();
    await forget();

    const after = await recordsOf(topics.directoryUsers.name);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).map(({ key, value }) => [String(key), value])).toEqual([
      [`${acme.id}:microsoft:${personId(1)}`, null],
    ]);
  });

  describe('and dead letters', () => {
    const odd = '{ "a" :  1.0, "b": "\\u00e9" }';

    beforeAll(async () => {
      const { bus, acme, connection } = operator;
      await bus.publish([
        letter(acme.id, odd, 0),
        letter(acme.id, '{"broken": "ada@acme.example', 1),
        letter(neighbour, 'ada@acme.example of others', 2),
        letter(acme.id, 'bob', 3),
      ]);
      const writtenAt = new Date((await recordsOf(letters)).find(({ offset }) => offset === 3n)?.timestamp ?? 0);
      const _id = `${topics.directoryUsers.name}/${partitionOf(acme.id, topics.directoryUsers.partitions)}/3`;
      const said = { answer: 'discarded' as const, by: 'somebody', at: new Date(0) };
      await deadLetterAnswerModel(connection).create({ _id, writtenAt, ...said });
    });

    const isGone = ({ offset }: BusRecord, low: bigint) => offset < low;

    it('lose those of the person alone, though whoever does it dies before the end and begins anew', async () => {
      const { bus } = operator;
      const dying = Object.assign(Object.create(bus) as OperatorBus, {
        ...Object.fromEntries(
          (['describeTopics', 'describeGroup', 'append'] as const).map((name) => [name, bus[name].bind(bus)]),
        ),
        read: bus.read.bind(bus),
        cutBefore: () => Promise.reject(new Error('dies')),
      });

      await expect(forget(dying)).rejects.toThrow('dies');
      await forget();

      const left = await recordsOf(letters);
      expect(left.map(({ value }) => String(value))).toEqual([odd, 'ada@acme.example of others', 'bob']);
      expect(left.map(({ headers }) => String(headers['x-dead-letter-offset']))).toEqual(['0', '2', '3']);
      expect(left.some((record) => isGone(record, 4n))).toBe(false);
    });

    it('keep what was answered to them', async () => {
      const listed = await operator.run('dead-letters list --all');

      expect(listed.out.match(/ (open|discarded) /g)).toEqual([' open ', ' open ', ' discarded ']);
      expect(await deadLetterAnswerModel(operator.connection).countDocuments()).toBe(1);
    });
  });
});
