import kafkajs, { type Admin } from 'kafkajs';
import type { GroupDescription, TopicDescription } from '../operating.ts';
import type { GroupTopic } from './seek-group.ts';

/** A topic as we call it, and as it is called on the broker. */
export interface TopicName {
  readonly name: string;
  readonly topic: string;
}

/** Those of the topics that there are, as they are now. */
export async function describeTopics(admin: Admin, names: readonly TopicName[]): Promise<TopicDescription[]> {
  const existing = new Set(await admin.listTopics());
  const known = names.filter(({ topic }) => existing.has(topic));
  if (known.length === 0) return [];
  const topics = known.map(({ topic }) => topic);
  const replicas = await replicasOf(admin, topics);
  const configs = await topicConfigs(admin, topics);
  return Promise.all(
    known.map(async ({ name, topic }) => ({
      name,
      partitions: await partitionsOf(admin, topic),
      replicas: replicas.get(topic) ?? null,
      config: configs.get(topic) ?? {},
    })),
  );
}

async function partitionsOf(admin: Admin, topic: string): Promise<TopicDescription['partitions']> {
  const bounds = await admin.fetchTopicOffsets(topic);
  return bounds
    .map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }))
    .sort((one, other) => one.partition - other.partition);
}

async function replicasOf(admin: Admin, topics: string[]): Promise<Map<string, number>> {
  const metadata = await admin.fetchTopicMetadata({ topics });
  return new Map(
    metadata.topics.map(({ name, partitions }) => [name, Math.min(...partitions.map((part) => part.replicas.length))]),
  );
}

/** What is configured for each of the topics itself. */
export async function topicConfigs(
  admin: Admin,
  topics: readonly string[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const resources = topics.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name }));
  const answer = await admin.describeConfigs({ resources, includeSynonyms: false });
  return new Map(
    answer.resources.map(({ resourceName, configEntries }) => {
      const own = configEntries.filter(({ configSource }) => configSource === kafkajs.ConfigSource.TOPIC_CONFIG);
      return [resourceName, Object.fromEntries(own.map(({ configName, configValue }) => [configName, configValue]))];
    }),
  );
}

/** Sets entries of a topic's configuration. Kafka replaces all of it, so the others are said again. */
export async function configureTopic(
  admin: Admin,
  topic: string,
  config: Readonly<Record<string, string>>,
): Promise<void> {
  const now = (await topicConfigs(admin, [topic])).get(topic);
  const entries = Object.entries({ ...now, ...config }).map(([name, value]) => ({ name, value }));
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries: entries };
  await admin.alterConfigs({ validateOnly: false, resources: [resource] });
}

/** Where the group is; its members are counted, those that are joining too. */
export async function describeGroup(admin: Admin, { groupId, topic }: GroupTopic): Promise<GroupDescription> {
  const { groups } = await admin.describeGroups([groupId]);
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const positions = (offsets?.partitions ?? [])
    .map(({ partition, offset }) => ({ partition, next: Number(offset) < 0 ? null : BigInt(offset) }))
    .sort((one, other) => one.partition - other.partition);
  return { groupId, members: groups.reduce((sum, { members }) => sum + members.length, 0), positions };
}
