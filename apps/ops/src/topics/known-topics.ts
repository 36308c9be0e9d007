import { deadLetterTopicOf, isDeadLetterTopic, type OperatorReader } from '@learnamp/bus';
import { type Topic, topics } from '@learnamp/contracts';
import type { Arguments } from '../command-line/arguments.ts';
import { type Flag, UsageError } from '../command-line/command.ts';

/** The topics of the system, those of dead letters aside. */
export const knownTopics: readonly Topic[] = Object.values(topics);

/** Their names, each followed by that of its dead letters. */
export const allNames: readonly string[] = knownTopics.flatMap(({ name }) => [name, deadLetterTopicOf(name)]);

export const topicFlag: { readonly topic: Flag } = {
  topic: { type: 'string', about: `one of ${knownTopics.map(({ name }) => name).join(', ')}` },
};

/** A topic by its name. @throws UsageError where there is none of that name. */
export function topicNamed(name: string): Topic {
  const found = knownTopics.find((topic) => topic.name === name);
  if (!found) throw new UsageError(`there is no topic ${JSON.stringify(name)}; topics list shows all`);
  return found;
}

/** The topic that `--topic` or a word names; that of dead letters too. @throws UsageError */
export function anyTopic(args: Arguments): string {
  const name = args.text('topic') ?? args.words[0];
  if (name === undefined) throw new UsageError('which topic? topics list shows all');
  if (!isDeadLetterTopic(name)) return topicNamed(name).name;
  if (!allNames.includes(name))
    throw new UsageError(`there is no topic ${JSON.stringify(name)}; topics list shows all`);
  return name;
}

/** Whether only the last record of a key stays in it. */
export const isCompacted = (name: string): boolean =>
  knownTopics.some((topic) => topic.name === name && topic.config['cleanup.policy'] === 'compact');

/** The offset after the last record of a partition. */
export async function endOf(
  reader: Pick<OperatorReader, 'describeTopics'>,
  topic: string,
  partition: number,
): Promise<bigint> {
  const [described] = await reader.describeTopics([topic]);
  return described?.partitions.find((each) => each.partition === partition)?.high ?? 0n;
}
