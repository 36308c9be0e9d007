import { type BusRecord, isDeadLetterTopic, type OperatorBus, partitionOf, type TopicDescription } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import type { Surroundings } from '../command-line/command.ts';
import { type Found, mentionsIn, type Place } from '../person/search.ts';
import type { Names } from '../person/mentions.ts';
import { isCompacted, topicNamed, allNames } from '../topics/known-topics.ts';
import { moveOthers } from './move-others.ts';
import { redacted } from './redact.ts';

export interface Forgetting extends Pick<Surroundings, 'connection' | 'progress'> {
  readonly bus: OperatorBus;
  readonly organisationId: string;
  readonly names: Names;
}

/** How a topic forgets: by empty records, by being cut, or by what is others' being moved to its end. */
type Way = (forgetting: Forgetting, place: Place, found: readonly Found[]) => Promise<void>;

/**
 * Has every topic forget somebody. What is compacted gets an empty record for each key of theirs. Of what was handled and is
 * of no more use the topic is cut; of commands and dead letters, what is others' is moved to the end first.
 */
export async function forgetInTopics(forgetting: Forgetting): Promise<void> {
  const { bus, organisationId, progress } = forgetting;
  for (const description of await bus.describeTopics(allNames)) {
    const place = placeOf(description, organisationId);
    progress(`forgetting in ${place.topic}`);
    const found = await foundIn(forgetting, place);
    if (found.length > 0) await wayOf(place.topic)(forgetting, place, found);
  }
  progress('');
}

function wayOf(topic: string): Way {
  if (isDeadLetterTopic(topic) || topic === topics.learnerCommands.name) return moveOthers;
  return isCompacted(topic) ? emptyKeys : cutHandled;
}

function placeOf({ name, partitions }: TopicDescription, organisationId: string): Place {
  const partition = partitionOf(organisationId, partitions.length);
  const { low = 0n, high = 0n } = partitions.find((each) => each.partition === partition) ?? {};
  return { topic: name, partition, low, high };
}

async function foundIn({ bus, ...whom }: Forgetting, place: Place): Promise<Found[]> {
  const found = await mentionsIn(bus, place, whom);
  return found.filter(({ mention }) => !isErasureCommand(mention.shown.data));
}

/** The command itself, which says nothing of them and is to be repeated on a database that is restored. */
export const isErasureCommand = (data: unknown): boolean =>
  (data as { action?: { kind?: string } } | null)?.action?.kind === 'erase';

/** What is newest of its key is replaced; what isn't goes by itself. */
const emptyKeys: Way = async ({ bus, names }, { topic, partition }, found) => {
  const newest = found.filter(({ record, isSuperseded }) => !isSuperseded && record.value !== null);
  const records = newest.flatMap(({ record, mention }) => {
    const content = mention.isTheirs ? { key: record.key, value: null, headers: {} } : changed(record, names);
    return content ? [{ topic, partition, ...content }] : [];
  });
  if (records.length > 0) await bus.append(records);
};

/** Undefined where nothing of it goes. */
function changed(record: BusRecord, names: Names) {
  const content = redacted(record, names) ?? { key: record.key, value: null, headers: {} };
  return content.value !== null && record.value?.equals(content.value) ? undefined : content;
}

/** What its group has not handled yet stays, and is left over. */
const cutHandled: Way = async ({ bus }, { topic, partition, high }, found) => {
  const { positions } = await bus.describeGroup(topicNamed(topic).consumerGroup, topic);
  const next = positions.find((each) => each.partition === partition)?.next ?? 0n;
  const last = found.at(-1)?.record.offset ?? 0n;
  const handled = next < high ? next : high;
  await bus.cutBefore(topic, partition, last + 1n < handled ? last + 1n : handled);
};
