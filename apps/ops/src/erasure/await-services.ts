import { setTimeout as delay } from 'node:timers/promises';
import { type OperatorReader, partitionOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { workRecordModel } from '@learnamp/sync-state';
import type { Surroundings } from '../command-line/command.ts';
import { endOf } from '../topics/known-topics.ts';

const POLL_MS = 300;
const { name: topic, consumerGroup, followers, partitions } = topics.learnerCommands;

/** Where the command lies at the latest: whoever is there has handled it. */
export interface Handled {
  readonly organisationId: string;
  readonly commandId: string;
  readonly end: bigint;
}

/** The end of the organisation's commands as it is now. */
export const commandsEnd = (reader: OperatorReader, organisationId: string): Promise<bigint> =>
  endOf(reader, topic, partitionOf(organisationId, partitions));

/**
 * Waits until every service has handled an erasure: their groups are past it, and directory-sync, which leaves it to whoever
 * holds the organisation's lease, has none of it left. Answers with the services that have not.
 */
export async function servicesBehind(
  { connection, progress, signal }: Pick<Surroundings, 'connection' | 'progress' | 'signal'>,
  reader: OperatorReader,
  command: Handled,
  withinMs: number,
): Promise<string[]> {
  const until = performance.now() + withinMs;
  for (;;) {
    const behind = await behindNow(connection, reader, command);
    if (behind.length === 0 || signal.aborted || performance.now() > until) {
      progress('');
      return behind;
    }
    progress(`waiting for ${behind.join(' and ')}`);
    await delay(POLL_MS);
  }
}

async function behindNow(
  connection: Surroundings['connection'],
  reader: OperatorReader,
  { organisationId, commandId, end }: Handled,
): Promise<string[]> {
  const partition = partitionOf(organisationId, partitions);
  const behind = new Set<string>();
  for (const group of [consumerGroup, ...followers]) {
    const { positions } = await reader.describeGroup(group, topic);
    const next = positions.find((each) => each.partition === partition)?.next ?? 0n;
    if (next < end) behind.add(serviceOf(group));
  }
  const waits = { _id: organisationId, 'requests.requestId': commandId };
  if (await workRecordModel(connection).exists(waits)) behind.add('directory-sync');
  return [...behind];
}

const serviceOf = (group: string) => group.split('.')[0] ?? group;
