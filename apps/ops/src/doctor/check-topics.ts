import type { OperatorReader } from '@learnamp/bus';
import type { Surroundings } from '../command-line/command.ts';
import { openLettersIn } from '../dead-letters/letters.ts';
import { knownTopics } from '../topics/known-topics.ts';
import { planTopics, wordsOf } from '../topics/plan-topics.ts';
import { behindOf, said } from '../topics/topic-words.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const MANY = 10_000;

/** That topics are as they should be, read, and not far behind; and that no dead letter waits. */
export async function checkTopics(
  { connection, replicationFactor }: Pick<Surroundings, 'connection' | 'replicationFactor'>,
  reader: OperatorReader,
): Promise<Finding[]> {
  const planned = await planTopics(reader, replicationFactor);
  const wrong = planned.filter(({ state }) => state !== 'as it should be');
  const findings = wrong.map((topic): Finding => {
    const says = `${topic.topic} is ${topic.state}${topic.state === 'missing' ? '' : `: ${wordsOf(topic)}`}`;
    return problem('topics', says, 'learnamp-ops topics apply');
  });
  const missing = new Set(planned.filter(({ state }) => state === 'missing').map(({ topic }) => topic));
  const there = knownTopics.filter(({ name }) => !missing.has(name));
  const groups = await Promise.all(
    there.flatMap((topic) =>
      [topic.consumerGroup, ...(topic.followers ?? [])].map((group) => groupOf(reader, topic.name, group)),
    ),
  );
  return [
    ...(wrong.length === 0 ? [ok('topics', `${planned.length}, all as they should be`)] : findings),
    ...groups.flat(),
    await lettersOf(connection, reader),
  ];
}

async function groupOf(reader: OperatorReader, name: string, consumerGroup: string): Promise<Finding[]> {
  const [described] = await reader.describeTopics([name]);
  const group = await reader.describeGroup(consumerGroup, name);
  const behind = described ? behindOf(described, group) : 0;
  const service = consumerGroup.split('.')[0] ?? consumerGroup;
  if (group.members === 0)
    return [problem('readers', `nobody reads ${name}, ${said(behind)} wait`, `start ${service}`)];
  if (behind <= MANY) return [ok('readers', `${consumerGroup}: ${group.members} reading, ${said(behind)} behind`)];
  const todo = `look whether ${service} gets on (its log; learnamp-ops topics list again), or start more of it`;
  return [warning('readers', `${consumerGroup} is ${said(behind)} records behind`, todo)];
}

async function lettersOf(connection: Surroundings['connection'], reader: OperatorReader): Promise<Finding> {
  const open = await openLettersIn(connection, reader);
  if (open.length === 0) return ok('dead letters', 'none waits');
  return warning('dead letters', `${open.length} wait for an answer`, 'learnamp-ops dead-letters list');
}
