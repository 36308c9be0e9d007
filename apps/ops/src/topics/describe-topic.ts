import { type Command, UsageError } from '../command-line/command.ts';
import { headed, table } from '../command-line/table.ts';
import { anyTopic, knownTopics } from './known-topics.ts';
import { configured, lagsOf, said } from './topic-words.ts';

export const describeTopic: Command = {
  name: 'topics describe',
  takes: 'TOPIC',
  about: 'a topic, or a topic of dead letters: its configuration, its partitions, and where its group is in each',
  flags: {},
  run: async ({ topicReader }, args) => {
    const name = anyTopic(args);
    const reader = topicReader();
    const [topic] = await reader.describeTopics([name]);
    if (!topic) throw new UsageError(`${name} does not exist yet: learnamp-ops topics apply makes it`);
    const groupId = knownTopics.find((known) => known.name === name)?.consumerGroup;
    const group = groupId === undefined ? null : await reader.describeGroup(groupId, name);
    const next = new Map(group?.positions.map((position) => [position.partition, position.next]));
    const lags = new Map((group ? lagsOf(topic, group) : []).map(({ partition, behind }) => [partition, behind]));
    const partitions = topic.partitions.map(({ partition, low, high }) => ({
      ...{ partition, low: String(low), high: String(high) },
      next: next.get(partition)?.toString() ?? null,
      behind: lags.get(partition) ?? null,
    }));
    const facts = [
      ['topic', name],
      ['replicas', said(topic.replicas)],
      ...(group
        ? [['group', `${group.groupId}, ${group.members === 0 ? 'nobody reads' : `${group.members} reading`}`]]
        : []),
      ...Object.entries(topic.config).map(([entry, value]) => [entry, configured(entry, value)]),
    ];
    const rows = partitions.map((row) => [
      ...[String(row.partition), row.low, row.high, row.next ?? '–', said(row.behind)],
    ]);
    return {
      data: {
        topic: name,
        replicas: topic.replicas,
        config: topic.config,
        group: group && { id: group.groupId, members: group.members },
        partitions,
      },
      text: `${table(facts)}\n\n${headed(['partition', 'first', 'end', 'group at', 'behind'], rows)}`,
    };
  },
};
