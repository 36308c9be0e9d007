import type { BusRecord, OperatorBus, OperatorReader } from '@learnamp/bus';
import type { Surroundings } from '../command-line/command.ts';
import { progressBar } from '../command-line/progress-bar.ts';
import { isCompacted } from '../topics/known-topics.ts';
import { isAbout, sizeOf, type TopicRange } from '../topics/topic-range.ts';
import type { Epochs } from './epochs.ts';
import { Returner } from './returner.ts';

/** Records that come again, and those that don't because their key has something newer. */
export interface AgainCounts {
  readonly again: number;
  readonly superseded: number;
}

type Deps = Pick<Surroundings, 'progress' | 'signal'>;

/** Says what publishing a range again would come to. */
export async function countAgain(
  deps: Deps,
  reader: OperatorReader,
  range: TopicRange,
  epochs: Epochs,
): Promise<AgainCounts> {
  const { name } = range.topic;
  const ends = new Map(range.topic.partitions.map(({ partition, high }) => [partition, high]));
  const spans = range.spans.map((span) => ({
    ...span,
    to: isCompacted(name) ? (ends.get(span.partition) ?? span.to) : span.to,
  }));
  const endOfSpan = new Map(range.spans.map(({ partition, to }) => [partition, to]));
  const bar = progressBar(deps, `reading ${name}`, sizeOf(spans));
  const newest = new Map<string, boolean>();
  let meant = 0;
  for await (const record of reader.read({ topic: name, spans })) {
    if (deps.signal.aborted) break;
    bar.add();
    if (!isWanted(record, range)) continue;
    const isMeant = record.offset < (endOfSpan.get(record.partition) ?? 0n);
    if (isMeant) {
      meant += 1;
      epochs.see(record);
    }
    newest.set(record.key?.toString('base64') ?? '', isMeant);
  }
  bar.end();
  const again = isCompacted(name) ? [...newest.values()].filter(Boolean).length : meant;
  return { again, superseded: meant - again };
}

const AT_ONCE = 200;
const BYTES_AT_ONCE = 4_000_000;

/** Publishes a range again, with its original bytes and versions. */
export async function publishAgain(deps: Deps, bus: OperatorBus, range: TopicRange): Promise<AgainCounts> {
  const { name } = range.topic;
  const bar = progressBar(deps, `publishing ${name} again`, sizeOf(range.spans));
  let [again, superseded] = [0, 0];
  for (const span of range.spans) {
    const returner = await Returner.open(bus, name, span.partition, span.from);
    for await (const chunk of chunksOf(bus.read({ topic: name, spans: [span] }), bar.add)) {
      if (deps.signal.aborted) break;
      const wanted = chunk.filter((record) => isWanted(record, range));
      const left = wanted.length === 0 ? [] : await returner.put(wanted);
      again += wanted.length - left.length;
      superseded += left.length;
    }
  }
  bar.end();
  return { again, superseded };
}

/** An erased key's empty record says nothing to anybody. */
const isWanted = (record: BusRecord, { organisationId }: TopicRange) =>
  record.value !== null && isAbout(record, organisationId);

async function* chunksOf(records: AsyncIterable<BusRecord>, seen: () => void): AsyncGenerator<BusRecord[]> {
  let chunk: BusRecord[] = [];
  let bytes = 0;
  for await (const record of records) {
    seen();
    chunk.push(record);
    bytes += record.value?.length ?? 0;
    if (chunk.length < AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    yield chunk;
    [chunk, bytes] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}
