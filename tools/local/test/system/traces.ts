import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, createKafkaBus } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { createLogger } from '@learnamp/service';
import type { Connection } from 'mongoose';

/** Something that the system has kept, as bytes. */
export interface Trace {
  readonly where: string;
  readonly bytes: Buffer;
}

const logger = createLogger('test', 'silent');

/** Every record of every topic, dead letters included, with key and headers. */
export async function* recordsOf(brokers: string, topicPrefix: string): AsyncIterable<Trace> {
  const onFatal = (error: unknown) => {
    throw error;
  };
  const about = { clientId: 'test', publish: 'until-closed', logger, onFatal } as const;
  const bus = createKafkaBus({ brokers: brokers.split(','), topicPrefix, ...about });
  try {
    for (const { name } of Object.values(topics)) {
      for (const topic of [name, `${name}.dead-letters`]) yield* recordsIn(bus, topic);
    }
  } finally {
    await bus.close();
  }
}

async function* recordsIn(bus: Bus, topic: string): AsyncIterable<Trace> {
  for await (const { key, value, headers, offset } of bus.read({ topic })) {
    const parts = [key, value, ...Object.values(headers)].map((part) => part ?? Buffer.alloc(0));
    yield { where: `${topic} at ${offset}`, bytes: Buffer.concat(parts) };
  }
}

/** Every file of a folder. */
export async function* filesOf(folder: string): AsyncIterable<Trace> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) yield { where: path, bytes: await readFile(path) };
  }
}

/** Every document of every collection. */
export async function* documentsOf({ db }: Connection): AsyncIterable<Trace> {
  for (const collection of (await db?.collections()) ?? []) {
    for await (const document of collection.find()) {
      yield { where: collection.collectionName, bytes: Buffer.from(JSON.stringify(document)) };
    }
  }
}

/** Where any of the texts is found, in any case of letters, and in how many traces it was looked for. */
export async function lookFor(texts: readonly string[], traces: AsyncIterable<Trace> | Iterable<Trace>) {
  const wanted = texts.map((text) => text.toLowerCase());
  const found = new Set<string>();
  let looked = 0;
  for await (const { where, bytes } of traces) {
    looked += 1;
    const text = bytes.toString('latin1').toLowerCase();
    if (wanted.some((one) => text.includes(one))) found.add(where);
  }
  return { found: [...found], looked };
}
