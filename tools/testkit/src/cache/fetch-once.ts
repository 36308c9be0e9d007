import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Resolves with `folder`, filled by `fill` unless it is already there.
 * The filling happens in a folder beside it that is renamed when complete, so a half-filled one is never seen; when two
 * processes fill at once, the first to rename wins and the other uses the winner's.
 */
export async function fetchOnce(folder: string, fill: (into: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const filling = await mkdtemp(join(dirname(folder), '.filling-'));
  try {
    await fill(filling);
    await rename(filling, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(filling, { recursive: true, force: true });
  }
  return folder;
}
