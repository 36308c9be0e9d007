import { type BusRecord, type OperatorReader, partitionOf } from '@learnamp/bus';
import type { Surroundings } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { allNames, isCompacted } from '../topics/known-topics.ts';
import { type ShownRecord, shownRecord } from '../topics/shown-record.ts';
import { isAbout } from '../topics/topic-range.ts';
import { isAboutThem, mentionsOf, type Names } from './mentions.ts';

/** What one collection or topic has of somebody. */
export interface Part {
  readonly store: 'MongoDB' | 'topic';
  readonly name: string;
  /** What is about them, whole. */
  readonly about: readonly unknown[];
  /** Where what is about others, or about many, names them: the id of the document or record, and the paths. */
  readonly named: readonly { readonly in: string; readonly at: readonly string[] }[];
}

/** Everything that names somebody of an organisation, in all collections and topics; what has nothing is left out. */
export async function searchFor(
  { connection, progress }: Pick<Surroundings, 'connection' | 'progress'>,
  reader: OperatorReader,
  organisationId: string,
  names: Names,
): Promise<Part[]> {
  const parts = [
    ...(await collectionsOf({ connection, progress }, organisationId, names)),
    ...(await topicsOf(reader, organisationId, { names, progress })),
  ];
  progress('');
  return parts.filter(({ about, named }) => about.length + named.length > 0);
}

export const countsOf = (parts: readonly Part[]) =>
  parts.map(({ store, name, about, named }) => ({ store, name, about: about.length, named: named.length }));

export function tableOf(parts: readonly Part[]): string {
  const rows = countsOf(parts).map(({ store, name, about, named }) => [store, name, String(about), String(named)]);
  return headed(['store', 'name', 'about them', 'naming them'], rows);
}

/** Every collection that there is, so that none is forgotten. */
async function collectionsOf(
  { connection, progress }: Pick<Surroundings, 'connection' | 'progress'>,
  organisationId: string,
  names: Names,
): Promise<Part[]> {
  const parts: Part[] = [];
  const collections = await connection.listCollections();
  for (const { name } of collections.sort((one, other) => one.name.localeCompare(other.name))) {
    progress(`looking through ${name}`);
    const [about, named]: [unknown[], Part['named'][number][]] = [[], []];
    const theirs = {
      $or: [{ organisationId }, { _id: organisationId as never }, { organisationId: { $exists: false } }],
    };
    for await (const document of connection.collection(name).find(theirs)) {
      const at = mentionsOf(document, names);
      if (at.length === 0) continue;
      if (isAboutThem(at)) about.push(document);
      else named.push({ in: String(document._id), at });
    }
    parts.push({ store: 'MongoDB', name, about, named });
  }
  return parts;
}

interface Search {
  readonly names: Names;
  readonly progress: Surroundings['progress'];
}

async function topicsOf(reader: OperatorReader, organisationId: string, { names, progress }: Search): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { name, partitions } of await reader.describeTopics(allNames)) {
    progress(`looking through ${name}`);
    const [about, named]: [unknown[], Part['named'][number][]] = [[], []];
    const own = partitions[partitionOf(organisationId, partitions.length)];
    if (!own) continue;
    const place = { topic: name, partition: own.partition, low: own.low, high: own.high };
    for (const { record, mention, isSuperseded } of await mentionsIn(reader, place, { organisationId, names })) {
      const { shown, raw, isTheirs, at } = mention;
      const more = { ...(raw === null ? {} : { raw }), ...(isSuperseded ? { superseded: true } : {}) };
      if (isTheirs) about.push({ ...shown, ...more });
      else named.push({ in: `${record.partition}/${record.offset}`, at });
    }
    parts.push({ store: 'topic', name, about, named });
  }
  return parts;
}

/** A partition of a topic, as it is now. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

/** A record that names somebody. */
export interface Found {
  readonly record: BusRecord;
  readonly mention: Mention;
  /** A compacted topic has something newer of the same key, and forgets this. */
  readonly isSuperseded: boolean;
}

/** The records of a partition that name somebody, in order. */
export async function mentionsIn(
  reader: Pick<OperatorReader, 'read'>,
  { topic, partition, low, high }: Place,
  { organisationId, names }: { readonly organisationId: string; readonly names: Names },
): Promise<Found[]> {
  const found: Omit<Found, 'isSuperseded'>[] = [];
  const newest = new Map<string, bigint>();
  for await (const record of reader.read({ topic, spans: [{ partition, from: low, to: high }] })) {
    const mention = mentionIn(record, organisationId, names);
    if (mention) found.push({ record, mention });
    if (isCompacted(topic)) newest.set(String(record.key), record.offset);
  }
  return found.map(({ record, mention }) => {
    const isSuperseded = (newest.get(String(record.key)) ?? record.offset) > record.offset;
    return { record, mention, isSuperseded };
  });
}

/** What a record has of somebody. */
export interface Mention {
  readonly shown: ShownRecord;
  /** Of what can't be read as an event. */
  readonly raw: string | null;
  readonly isTheirs: boolean;
  readonly at: readonly string[];
}

/** What can't be read may have lost its key too; whose key is an organisation's is that one's. */
const isOfAnother = (record: BusRecord, organisationId: string) =>
  /^[A-Za-z0-9-]{1,36}(:|$)/.test(record.key?.toString() ?? '') && !isAbout(record, organisationId);

/** Undefined where it doesn't name them, or is of another organisation. What can't be read is searched as text. */
function mentionIn(record: BusRecord, organisationId: string, names: Names): Mention | undefined {
  const shown = shownRecord(record);
  const raw = shown.problem === null ? null : (record.value?.toString() ?? '');
  if (raw === null ? !isAbout(record, organisationId) : isOfAnother(record, organisationId)) return undefined;
  const at = mentionsOf(shown.data, names);
  const isTheirs = names(shown.key ?? '') || isAboutThem(at) || (raw !== null && names(raw));
  return isTheirs || at.length > 0 ? { shown, raw, isTheirs, at } : undefined;
}
