import { type BusRecord, type OperatorReader, partitionOf, type TopicDescription } from '@learnamp/bus';
import type { Arguments } from '../command-line/arguments.ts';
import { type Flag, type Surroundings, UsageError } from '../command-line/command.ts';
import { findOrganisation } from '../organisations/find-organisation.ts';
import { anyTopic } from './known-topics.ts';
import { type When, whenForms, whenFrom } from './when.ts';

export const rangeFlags: Readonly<Record<'organisation' | 'partition' | 'from' | 'to', Flag>> = {
  organisation: { type: 'string', about: 'only what is about this organisation, by subdomain or id' },
  partition: { type: 'string', about: 'only this partition' },
  from: { type: 'string', about: `from here on: ${whenForms}, which needs --organisation or --partition` },
  to: { type: 'string', about: 'up to here, exclusive; written alike' },
};

/** A part of a topic, as flags say it. */
export interface TopicRange {
  readonly topic: TopicDescription;
  readonly organisationId?: string;
  readonly partition?: number;
  readonly from?: When;
  readonly to?: When;
}

/** @throws UsageError where the topic is missing or the flags contradict each other. */
export async function rangeFrom(
  surroundings: Surroundings,
  reader: OperatorReader,
  args: Arguments,
): Promise<TopicRange> {
  const name = anyTopic(args);
  const now = surroundings.clock();
  const [from, to] = [whenFrom(args, 'from', now), whenFrom(args, 'to', now)];
  const organisation =
    args.text('organisation') === undefined ? undefined : await findOrganisation(surroundings.connection, args);
  const [topic] = await reader.describeTopics([name]);
  if (!topic) throw new UsageError(`${name} does not exist yet: learnamp-ops topics apply makes it`);
  const partition = partitionFrom(args, topic, organisation?.id);
  if (partition === undefined && [from, to].some((when) => when?.kind === 'offset')) {
    throw new UsageError('an offset is of one partition: say --organisation or --partition as well');
  }
  return {
    topic,
    ...(organisation && { organisationId: organisation.id }),
    ...(partition !== undefined && { partition }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

function partitionFrom(args: Arguments, topic: TopicDescription, organisationId: string | undefined) {
  const text = args.text('partition');
  const count = topic.partitions.length;
  const own = organisationId === undefined ? undefined : partitionOf(organisationId, count);
  if (text === undefined) return own;
  const partition = /^\d{1,5}$/.test(text) ? Number(text) : count;
  if (partition >= count) throw new UsageError(`--partition takes a number from 0 to ${count - 1}`);
  if (own !== undefined && own !== partition) throw new UsageError(`that organisation is in partition ${own}`);
  return partition;
}

/** Every record of the range that was there when the topic was described, whoever it is about. */
export async function* readRange(reader: OperatorReader, range: TopicRange): AsyncGenerator<BusRecord> {
  const { topic, partition, from, to } = range;
  const ends = new Map(topic.partitions.map((each) => [each.partition, each.high]));
  const bounds = {
    ...(partition !== undefined && { partition }),
    ...(from?.kind === 'time' && { fromTime: from.time }),
    ...(from?.kind === 'offset' && { fromOffset: from.offset }),
    ...(to?.kind === 'offset' && { toOffset: to.offset }),
  };
  for await (const record of reader.read({ topic: topic.name, ...bounds })) {
    const isThere = record.offset < (ends.get(record.partition) ?? 0n);
    if (isThere && (to?.kind !== 'time' || record.timestamp < to.time)) yield record;
  }
}

/** Whether a record is about the organisation: every key begins with its id. */
export function isAbout(record: BusRecord, organisationId: string | undefined): boolean {
  const key = record.key?.toString() ?? '';
  return organisationId === undefined || key === organisationId || key.startsWith(`${organisationId}:`);
}

/** Records in the range's partitions, at the most: what there is to go through. */
export const sizeOf = ({ topic, partition }: TopicRange): number =>
  topic.partitions
    .filter((each) => partition === undefined || each.partition === partition)
    .reduce((sum, { low, high }) => sum + Number(high - low), 0);
