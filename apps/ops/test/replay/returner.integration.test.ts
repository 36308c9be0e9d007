import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BusRecord, partitionOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { Returner, type ReturnerBus } from '../../src/replay/returner.ts';
import { aState, personId } from '../support/events.ts';
import { type Operator, startOperatorAlone } from '../support/operator.ts';

let operator: Operator;
const topic = topics.directoryUsers.name;

beforeAll(async () => {
  operator = await startOperatorAlone();
  await operator.bus.ensureTopics([topics.directoryUsers]);
}, 180_000);
afterAll(() => operator.stop());

const recordsOf = async (organisationId: string): Promise<BusRecord[]> => {
  const partition = partitionOf(organisationId, topics.directoryUsers.partitions);
  const records = [];
  for await (const record of operator.bus.read({ topic, spans: [{ partition, from: 0n, to: 999n }] }))
    records.push(record);
  return records.filter(({ key }) => key?.toString().startsWith(`${organisationId}:`));
};

/** What compaction would leave of a person. */
const lastOf = async (organisationId: string, number: number): Promise<string> => {
  const key = `${organisationId}:microsoft:${personId(number)}`;
  const last = (await recordsOf(organisationId)).filter((record) => record.key?.toString() === key).at(-1);
  return (JSON.parse(last?.value?.toString() ?? '') as { version: string }).version;
};

/** A bus to which somebody publishes between our reading and our writing. */
const raced = (organisationId: string): ReturnerBus => {
  const { bus } = operator;
  let races = 1;
  return {
    read: (range) => bus.read(range),
    describeTopics: (names) => bus.describeTopics(names),
    append: async (records) => {
      if (races-- > 0) await bus.publish([aState(organisationId, 1, 'Newer', 7)]);
      await bus.append(records);
    },
  };
};

const putFirst = async (bus: ReturnerBus, organisationId: string) => {
  const [first] = await recordsOf(organisationId);
  if (!first) throw new Error('nothing was published');
  const returner = await Returner.open(bus, topic, first.partition, first.offset);
  return returner.put([first]);
};

describe('putting records into a compacted topic again', () => {
  it('leaves out what something newer of its key would be hidden by', async () => {
    await operator.bus.publish([aState('initech', 1, 'Ada', 1), aState('initech', 1, 'Ada', 2)]);

    const left = await putFirst(operator.bus, 'initech');

    expect(left).toHaveLength(1);
    expect(await recordsOf('initech')).toHaveLength(2);
    expect(await lastOf('initech', 1)).toBe('0000000001-000000000002');
  }, 60_000);

  it('puts what was published meanwhile, and overtaken, behind it again', async () => {
    await operator.bus.publish([aState('hooli', 1, 'Ada', 1)]);

    expect(await putFirst(raced('hooli'), 'hooli')).toEqual([]);

    const sequences = (await recordsOf('hooli')).map(({ value }) =>
      (JSON.parse(String(value)) as { version: string }).version.at(-1),
    );
    expect(sequences).toEqual(['1', '7', '1', '7']);
  }, 60_000);

  it('the same race would leave the older state as the last one, were it not looked for', async () => {
    await operator.bus.publish([aState('stark', 1, 'Ada', 1)]);
    const [first] = await recordsOf('stark');

    await raced('stark').append(first ? [first] : []);

    expect(await lastOf('stark', 1)).toBe('0000000001-000000000001');
  }, 60_000);
});
