import type { GroupDescription, OperatorBus, OperatorReader } from '@learnamp/bus';
import { UsageError } from '../command-line/command.ts';
import { topicNamed } from '../topics/known-topics.ts';
import type { TopicRange } from '../topics/topic-range.ts';

/** Where the group is in one partition, and where it would go. */
export interface Move {
  readonly partition: number;
  readonly at: bigint;
  readonly to: bigint;
}

export interface MovePlan {
  readonly group: GroupDescription;
  readonly moves: readonly Move[];
}

/** @throws UsageError where the group would leave out records that it has not decided yet. */
export async function planMove(reader: OperatorReader, { topic, spans }: TopicRange): Promise<MovePlan> {
  const group = await reader.describeGroup(topicNamed(topic.name).consumerGroup, topic.name);
  const next = new Map(group.positions.map((position) => [position.partition, position.next]));
  const moves = spans.map(({ partition, from }) => {
    const low = topic.partitions.find((each) => each.partition === partition)?.low ?? 0n;
    return { partition, at: next.get(partition) ?? low, to: from };
  });
  const ahead = moves.find(({ at, to }) => to > at);
  if (ahead) {
    const { partition, at, to } = ahead;
    throw new UsageError(
      `${group.groupId} is at ${at} of partition ${partition}, and would leave out what is before ${to}: replay goes back only`,
    );
  }
  return { group, moves: moves.filter(({ at, to }) => to < at) };
}

/** What to stop before a group may be moved. */
export const stopFirst = ({ groupId, members }: GroupDescription): string =>
  `${groupId} has ${members === 1 ? 'a member' : `${members} members`}, whose next commit would undo it: ` +
  `stop every ${groupId.split('.')[0] ?? 'service'} first, and start it afterwards`;

export async function moveGroup(bus: OperatorBus, topic: string, { group, moves }: MovePlan): Promise<void> {
  for (const { partition, to } of moves)
    await bus.seek(group.groupId, topic, { kind: 'offset', partition, offset: to });
}

export const comesAgain = (moves: readonly Move[]): number =>
  moves.reduce((sum, { at, to }) => sum + Number(at - to), 0);
