import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import type { BusSystem } from '../contract/bus-system.ts';
import { openBus } from './child-bus.ts';

export async function withTemporaryDirectory<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'learnamp-bus-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function removeTopic(directory: string, topic: string): Promise<void> {
  const root = open({ path: directory, noSubdir: false });
  await root.openDB<number, string>({ name: 'topics' }).remove(topic);
  await root.close();
}

/** An embedded bus in a folder of its own. */
export async function withEmbeddedSystem(run: (system: BusSystem) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const address = { kind: 'embedded', directory } as const;
    await run({
      address,
      open: (options) => openBus(address, options),
      removeTopic: (topic) => removeTopic(directory, topic),
    });
  });
}
