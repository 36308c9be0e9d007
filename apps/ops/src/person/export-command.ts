import { writeFile } from 'node:fs/promises';
import { type OperatorReader, partitionOf } from '@learnamp/bus';
import type { Connection } from 'mongoose';
import { type Command, UsageError } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { allNames } from '../topics/known-topics.ts';
import { isAbout } from '../topics/topic-range.ts';
import { shownRecord } from '../topics/shown-record.ts';
import { findPerson } from './find-person.ts';
import { isAboutThem, mentionsOf, type Names, namesOf, withoutSecrets } from './mentions.ts';

/** What one collection or topic has of somebody. */
interface Part {
  readonly store: 'MongoDB' | 'topic';
  readonly name: string;
  /** What is about them, whole. */
  readonly about: readonly unknown[];
  /** Where what is about others, or about many, names them: the id of the document or record, and the paths. */
  readonly named: readonly { readonly in: string; readonly at: readonly string[] }[];
}

export const exportCommand: Command = {
  name: 'export',
  takes: '--organisation O PERSON --out FILE',
  about: 'writes everything that is kept of a person into a file: all collections, all topics, dead letters',
  flags: {
    ...organisationFlag,
    out: { type: 'string', about: 'a file that is not there yet; only its owner may read it' },
  },
  run: async (surroundings, args) => {
    const { connection, progress, clock } = surroundings;
    const [who, more] = args.words;
    if (who === undefined || more !== undefined) throw new UsageError('whom? one Object ID, learner id or address');
    const out = args.wanted('out');
    const { id: organisationId } = await findOrganisation(connection, args);
    const reader = surroundings.topicReader();
    const ids = await findPerson(connection, organisationId, who);
    const names = namesOf(ids);
    const parts = [
      ...(await collectionsOf(connection, organisationId, names, progress)),
      ...(await topicsOf(reader, organisationId, names, progress)),
    ];
    progress('');
    const found = parts.filter(({ about, named }) => about.length + named.length > 0);
    const whole = { organisationId, person: [...ids], exportedAt: clock().toISOString(), parts: found };
    await write(out, JSON.stringify(withoutSecrets(whole), null, 2));
    const rows = found.map(({ store, name, about, named }) => [
      store,
      name,
      String(about.length),
      String(named.length),
    ]);
    const counts = found.map(({ store, name, about, named }) => ({
      store,
      name,
      about: about.length,
      named: named.length,
    }));
    return {
      data: { file: out, parts: counts },
      text: `${headed(['store', 'name', 'about them', 'naming them'], rows)}\n\nwritten to ${out}`,
    };
  },
};

async function write(out: string, text: string): Promise<void> {
  await writeFile(out, `${text}\n`, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw new UsageError(`${out} can't be written, or is there already`, { cause: error });
  });
}

/** Every collection that there is, so that none is forgotten. */
async function collectionsOf(
  connection: Connection,
  organisationId: string,
  names: Names,
  progress: (text: string) => void,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { name } of await connection.listCollections()) {
    progress(`looking through ${name}`);
    const part = {
      store: 'MongoDB' as const,
      name,
      about: [] as unknown[],
      named: [] as { in: string; at: string[] }[],
    };
    const theirs = {
      $or: [{ organisationId }, { _id: organisationId as never }, { organisationId: { $exists: false } }],
    };
    for await (const document of connection.collection(name).find(theirs)) {
      const at = mentionsOf(document, names);
      if (at.length === 0) continue;
      if (isAboutThem(at)) part.about.push(document);
      else part.named.push({ in: String(document._id), at });
    }
    parts.push(part);
  }
  return parts;
}

async function topicsOf(
  reader: OperatorReader,
  organisationId: string,
  names: Names,
  progress: (text: string) => void,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { name, partitions } of await reader.describeTopics(allNames)) {
    progress(`looking through ${name}`);
    const part = { store: 'topic' as const, name, about: [] as unknown[], named: [] as { in: string; at: string[] }[] };
    const own = partitions[partitionOf(organisationId, partitions.length)];
    if (!own) continue;
    const spans = [{ partition: own.partition, from: own.low, to: own.high }];
    for await (const record of reader.read({ topic: name, spans })) {
      const shown = shownRecord(record);
      const raw = shown.problem === null ? null : (record.value?.toString() ?? '');
      if (raw === null && !isAbout(record, organisationId)) continue;
      const at = mentionsOf(shown.data, names);
      const isTheirs = names(shown.key ?? '') || isAboutThem(at) || (raw !== null && names(raw));
      if (isTheirs) part.about.push({ ...shown, ...(raw === null ? {} : { raw }) });
      else if (at.length > 0) part.named.push({ in: `${shown.partition}/${shown.offset}`, at });
    }
    parts.push(part);
  }
  return parts;
}
