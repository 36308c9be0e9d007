import { setTimeout as delay } from 'node:timers/promises';
import type { BusRecord, OperatorReader } from '@learnamp/bus';
import type { Arguments } from '../command-line/arguments.ts';
import { type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { progressBar } from '../command-line/progress-bar.ts';
import { topicFlag } from './known-topics.ts';
import { lineOf, type ShownRecord, shownRecord } from './shown-record.ts';
import { isAbout, rangeFlags, rangeFrom, sizeOf, type TopicRange } from './topic-range.ts';

const LAST = 20;
const LOOK_AGAIN_MS = 1000;

export const tailTopic: Command = {
  name: 'topics tail',
  takes: '--topic T [--organisation O] [--person ID] [--run ID] [--from TIME|OFFSET] [--to …] [--last N] [--follow]',
  about: 'the last events of a topic, decoded; reads only, and moves no group. What people are called is shown',
  flags: {
    ...topicFlag,
    ...rangeFlags,
    person: { type: 'string', about: "only what names this person, by Microsoft's Object ID or a learner's id" },
    run: { type: 'string', about: 'only what names this run or request' },
    last: { type: 'string', about: `how many at the most (default ${LAST}); 0: all` },
    follow: { type: 'boolean', about: 'goes on until Ctrl-C; with --json each event is a line' },
  },
  run: async (surroundings, args) => {
    const reader = surroundings.topicReader();
    const range = await rangeFrom(surroundings, reader, args);
    const last = lastFrom(args);
    const isWanted = filterOf(range, args);
    const found = await lastOf(surroundings, reader, range, { isWanted, last });
    if (!args.has('follow')) {
      return { data: found, text: found.length === 0 ? 'no such event is in the topic' : found.map(lineOf).join('\n') };
    }
    const print = (event: ShownRecord) => surroundings.print(args.has('json') ? JSON.stringify(event) : lineOf(event));
    found.forEach(print);
    await follow(surroundings, reader, range, (record) => {
      const event = shownRecord(record);
      if (isWanted(record, event)) print(event);
    });
    return { data: null, text: '', isSaid: true };
  },
};

function lastFrom(args: Arguments): number {
  const text = args.text('last') ?? String(LAST);
  if (!/^\d{1,9}$/.test(text)) throw new UsageError('--last takes a whole number');
  return Number(text) === 0 ? Infinity : Number(text);
}

type IsWanted = (record: BusRecord, event: ShownRecord) => boolean;

function filterOf({ organisationId }: TopicRange, args: Arguments): IsWanted {
  const named = [args.text('person'), args.text('run')].filter((each) => each !== undefined);
  return (record, { data }) => isAbout(record, organisationId) && named.every((id) => mentions(data, id.toLowerCase()));
}

/** Whether something in it is exactly this id. */
const mentions = (value: unknown, id: string): boolean => {
  if (typeof value === 'string') return value.toLowerCase() === id;
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => mentions(each, id));
};

async function lastOf(
  surroundings: Surroundings,
  reader: OperatorReader,
  range: TopicRange,
  { isWanted, last }: { readonly isWanted: IsWanted; readonly last: number },
): Promise<ShownRecord[]> {
  const bar = progressBar(surroundings, `reading ${range.topic.name}`, sizeOf(range.spans));
  const found: ShownRecord[] = [];
  for await (const record of reader.read({ topic: range.topic.name, spans: range.spans })) {
    if (surroundings.signal.aborted) break;
    bar.add();
    const event = shownRecord(record);
    if (isWanted(record, event)) found.push(event);
    // The last of each partition are among them: partitions are read one after the other, and sorted by time below.
    if (found.length > 4 * last) keepLast(found, last);
  }
  bar.end();
  keepLast(found, last);
  return found;
}

function keepLast(found: ShownRecord[], last: number): void {
  found.sort((one, other) => one.at.localeCompare(other.at));
  found.splice(0, Math.max(0, found.length - last));
}

/** Looks again and again for what is new behind the end that was known. */
async function follow(
  { signal }: Surroundings,
  reader: OperatorReader,
  { topic, partitions }: TopicRange,
  say: (record: BusRecord) => void,
): Promise<void> {
  const followed = topic.partitions.filter(({ partition }) => partitions.includes(partition));
  const seen = new Map(followed.map(({ partition, high }) => [partition, high]));
  while (!signal.aborted) {
    const [now] = await reader.describeTopics([topic.name]);
    const grown = (now?.partitions ?? [])
      .map(({ partition, high }) => ({ partition, from: seen.get(partition) ?? high, to: high }))
      .filter(({ from, to }) => from < to);
    if (grown.length > 0) for await (const record of reader.read({ topic: topic.name, spans: grown })) say(record);
    for (const { partition, to } of grown) seen.set(partition, to);
    await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}
