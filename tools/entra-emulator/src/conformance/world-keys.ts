import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The files of the first world: making its keys cost more than all else, and no fact is about which they are. */
const kept = new Map<string, Buffer>();

/** A new folder for a world's keys and certificates, with those of an earlier world when there was one. */
export async function makeKeyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-facts-'));
  await Promise.all([...kept].map(([name, bytes]) => writeFile(join(folder, name), bytes, { mode: 0o600 })));
  return folder;
}

/** Remembers the keys of a world that has started, for those that come after it. */
export async function keepKeys(folder: string): Promise<void> {
  if (kept.size > 0) return;
  for (const name of await readdir(folder)) kept.set(name, await readFile(join(folder, name)));
}
