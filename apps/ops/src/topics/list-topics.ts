import { deadLetterTopicOf, type OperatorReader, type TopicDescription } from '@learnamp/bus';
import type { Topic } from '@learnamp/contracts';
import type { Command } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { allNames, knownTopics } from './known-topics.ts';
import { behindOf, recordsOf, said } from './topic-words.ts';

export const listTopics: Command = {
  name: 'topics list',
  takes: '',
  about: 'every topic: how much is in it, who reads it and how far behind they are, and its dead letters',
  flags: {},
  run: async ({ topicReader }) => {
    const reader = topicReader();
    const described = new Map((await reader.describeTopics(allNames)).map((topic) => [topic.name, topic]));
    const data = await Promise.all(knownTopics.map((topic) => rowOf(reader, topic, described)));
    const rows = data.map((row) => [
      row.topic,
      ...(row.partitions === null
        ? ['missing', '', '', '', '']
        : [String(row.partitions), said(row.records), said(row.behind), said(row.members), said(row.deadLetters)]),
      row.group,
    ]);
    const table = headed(['topic', 'partitions', 'records', 'behind', 'readers', 'dead letters', 'group'], rows);
    const missing = data.some(({ partitions }) => partitions === null);
    const advice = missing ? '\n\nlearnamp-ops topics apply makes what is missing' : '';
    return { data, text: `${table}${advice}`, ...(missing ? { exitCode: 1 } : {}) };
  },
};

async function rowOf(reader: OperatorReader, topic: Topic, described: ReadonlyMap<string, TopicDescription>) {
  const found = described.get(topic.name);
  const letters = described.get(deadLetterTopicOf(topic.name));
  const group = found && (await reader.describeGroup(topic.consumerGroup, topic.name));
  return {
    topic: topic.name,
    partitions: found?.partitions.length ?? null,
    records: found ? recordsOf(found) : null,
    behind: found && group ? behindOf(found, group) : null,
    members: group?.members ?? null,
    deadLetters: letters ? recordsOf(letters) : null,
    group: topic.consumerGroup,
  };
}
