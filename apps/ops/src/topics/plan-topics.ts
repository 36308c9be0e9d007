import type { OperatorReader, TopicDescription, TopicSpec } from '@learnamp/bus';
import { knownTopics } from './known-topics.ts';
import { configured } from './topic-words.ts';

/** What is to be done about one topic. */
export interface PlannedTopic {
  readonly topic: string;
  readonly state: 'as it should be' | 'missing' | 'to be changed' | 'wrong';
  /** Entries of its configuration that differ: how they are, how they should be. */
  readonly changes: readonly { readonly entry: string; readonly now: string | null; readonly wanted: string }[];
  /** What can't be changed here, and what to do about it. */
  readonly problems: readonly string[];
  readonly spec: TopicSpec;
}

/** Compares every topic with what `libs/contracts` says of it. */
export async function planTopics(reader: OperatorReader, replicationFactor: number): Promise<PlannedTopic[]> {
  const specs = reader.wholeSpecs(knownTopics);
  const described = new Map(
    (await reader.describeTopics(specs.map(({ name }) => name))).map((each) => [each.name, each]),
  );
  return specs.map((spec) => plannedOf(spec, described.get(spec.name), replicationFactor));
}

function plannedOf(spec: TopicSpec, now: TopicDescription | undefined, replicationFactor: number): PlannedTopic {
  const topic = { topic: spec.name, spec };
  if (!now) return { ...topic, state: 'missing', changes: [], problems: [] };
  const changes = now.replicas === null ? [] : changesOf(spec, now, now.replicas < replicationFactor);
  const problems = problemsOf(spec, now, replicationFactor);
  const rest = changes.length > 0 ? 'to be changed' : 'as it should be';
  return { ...topic, state: problems.length > 0 ? 'wrong' : rest, changes, problems };
}

/** More copies in sync than there are would have every record refused: that waits for the copies. */
const changesOf = (spec: TopicSpec, now: TopicDescription, lacksCopies: boolean) =>
  Object.entries(spec.config ?? {})
    .filter(([entry]) => !(lacksCopies && entry === 'min.insync.replicas'))
    .map(([entry, wanted]) => ({ entry, now: now.config[entry] ?? null, wanted }))
    .filter((change) => change.now !== change.wanted);

function problemsOf(spec: TopicSpec, now: TopicDescription, replicationFactor: number): string[] {
  const partitions = now.partitions.length;
  return [
    ...(partitions === spec.partitions
      ? []
      : [
          `it has ${partitions} partitions instead of ${spec.partitions}, and the partition of an organisation can't change ` +
            'any more: stop the services, keep what is in it elsewhere, delete it, and apply again',
        ]),
    ...(now.replicas === null || now.replicas >= replicationFactor
      ? []
      : [
          `it has ${now.replicas} copies instead of ${replicationFactor} (KAFKA_REPLICATION_FACTOR): ` +
            'kafka-reassign-partitions.sh adds them',
        ]),
  ];
}

/** What is planned for a topic, in words. */
export const wordsOf = ({ changes, problems }: Pick<PlannedTopic, 'changes' | 'problems'>): string =>
  [
    ...changes.map(
      ({ entry, now, wanted }) =>
        `${entry}: ${now === null ? "the brokers' own" : configured(entry, now)} → ${configured(entry, wanted)}`,
    ),
    ...problems,
  ].join('; ');
