/** A topic as `ensureTopics` of the bus wants it: name, number of partitions, Kafka topic configuration. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
  /** Of the topic's dead letters, which may hold people's data as well. */
  readonly deadLetterConfig: Readonly<Record<string, string>>;
  /** Who reads it: the one consumer group, which operators may move. */
  readonly consumerGroup: string;
  /** Groups that follow it for one kind of command, which their services have to carry out as well. */
  readonly followers?: readonly string[];
}

/** Groups of the services that erase people from stores of their own, once profile-writer has. */
export const erasureGroups = {
  directorySync: 'directory-sync.erasures',
  authGateway: 'auth-gateway.erasures',
} as const;

const hours = (count: number) => String(count * 3_600_000);

// One number for all topics: the partition is a hash of the organisation alone, so an organisation has the same
// partition everywhere. It can never change without moving organisations between partitions.
const partitions = 12;

const deadLetterConfig = { 'retention.ms': hours(24 * 14) };

// People must be erasable: a compacted topic keeps a superseded state no longer than this.
const compacted = { 'cleanup.policy': 'compact', 'max.compaction.lag.ms': hours(24 * 7) };

export const topics = {
  /** Hints of what changed, from webhook-ingest to directory-sync. Keyed by organisation. */
  graphNotifications: {
    name: 'graph.notifications',
    partitions,
    config: { 'retention.ms': hours(24 * 3) },
    deadLetterConfig,
    consumerGroup: 'directory-sync.notifications',
  },
  /** Runs asked for by a person, from auth-gateway or ops to directory-sync. Keyed by organisation. */
  syncRequests: {
    name: 'sync.requests',
    partitions,
    config: { 'retention.ms': hours(24 * 7) },
    deadLetterConfig,
    consumerGroup: 'directory-sync.requests',
  },
  /** Changes that people want of learners, from auth-gateway and ops to profile-writer. Keyed by organisation and learner. */
  learnerCommands: {
    name: 'learner.commands',
    partitions,
    config: { 'retention.ms': hours(24 * 7) },
    deadLetterConfig,
    consumerGroup: 'profile-writer.commands',
    followers: Object.values(erasureGroups),
  },
  /** Whole wanted states of people and markers of runs, from directory-sync to profile-writer. */
  directoryUsers: {
    name: 'directory.users',
    partitions,
    config: compacted,
    deadLetterConfig,
    consumerGroup: 'profile-writer.users',
  },
  /** Photos of people, from directory-sync to profile-writer. */
  directoryPhotos: {
    name: 'directory.photos',
    partitions,
    config: compacted,
    deadLetterConfig,
    consumerGroup: 'profile-writer.photos',
  },
  /** What a preview would do to people, from directory-sync to profile-writer. Most may never be learners, so not for long. */
  directoryProposals: {
    name: 'directory.proposals',
    partitions,
    config: { 'retention.ms': hours(24) },
    deadLetterConfig: { 'retention.ms': hours(24) },
    consumerGroup: 'profile-writer.proposals',
  },
} as const satisfies Record<string, Topic>;
