import { type BusRecord, type OperatorReader, partitionOf, type Span, type TopicDescription } from '@learnamp/bus';
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

/** A part of a topic, as flags say it and as it is now. */
export interface TopicRange {
  readonly topic: TopicDescription;
  readonly organisationId?: string;
  /** The partitions that are meant. */
  readonly partitions: readonly number[];
  /** What of each of them is meant; empty parts are left out. */
  readonly spans: readonly Span[];
}

/** @throws UsageError where the topic is missing or the flags contradict each other. */
export async function rangeFrom(
  { connection, clock }: Surroundings,
  reader: OperatorReader,
  args: Arguments,
): Promise<TopicRange> {
  const name = anyTopic(args);
  const [from, to] = [whenFrom(args, 'from', clock()), whenFrom(args, 'to', clock())];
  const organisation = args.text('organisation') === undefined ? undefined : await findOrganisation(connection, args);
  const [topic] = await reader.describeTopics([name]);
  if (!topic) throw new UsageError(`${name} does not exist yet: learnamp-ops topics apply makes it`);
  const only = partitionFrom(args, topic, organisation?.id);
  if (only === undefined && [from, to].some((when) => when?.kind === 'offset')) {
    throw new UsageError('an offset is of one partition: say --organisation or --partition as well');
  }
  const [starts, ends] = [await placesOf(reader, name, from), await placesOf(reader, name, to)];
  const meant = topic.partitions.filter(({ partition }) => only === undefined || only === partition);
  const spans = meant
    .map(({ partition, low, high }) => ({
      partition,
      from: within(starts(partition) ?? low, low, high),
      to: within(ends(partition) ?? high, low, high),
    }))
    .filter((span) => span.from < span.to);
  const partitions = meant.map(({ partition }) => partition);
  return { topic, partitions, spans, ...(organisation && { organisationId: organisation.id }) };
}

const within = (offset: bigint, low: bigint, high: bigint) => (offset < low ? low : offset > high ? high : offset);

/** By partition the offset that is meant; undefined where none is. */
async function placesOf(reader: OperatorReader, topic: string, when: When | undefined) {
  if (when === undefined) return () => undefined;
  if (when.kind === 'offset') return () => when.offset;
  const places = new Map(
    (await reader.offsetsAt(topic, when.time)).map(({ partition, offset }) => [partition, offset]),
  );
  return (partition: number) => places.get(partition);
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

/** Whether a record is about the organisation: every key begins with its id. */
export function isAbout(record: BusRecord, organisationId: string | undefined): boolean {
  const key = record.key?.toString() ?? '';
  return organisationId === undefined || key === organisationId || key.startsWith(`${organisationId}:`);
}

/** How many records there are to go through, at the most. */
export const sizeOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { from, to }) => sum + Number(to - from), 0);
