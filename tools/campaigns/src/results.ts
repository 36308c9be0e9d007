import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measurement, CampaignRow } from './campaign.ts';

/** The workspace's root folder: where results are kept, and where packages are installed. */
export const workspaceRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** A row with what came out. */
export type Result = Pick<CampaignRow, 'id' | 'claim' | 'target'> & Measurement;

/** One entry of the file that keeps what a campaign measured. */
export interface KeptResult extends Omit<Result, 'notes'> {
  readonly scale: number;
  readonly seed: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** Writes the results of a full run to `<folder>/NAME.json`. */
export async function keepResults(
  folder: string,
  name: string,
  results: readonly Result[],
  { scale, seed, packages }: { scale: number; seed: number; packages: readonly string[] },
): Promise<string> {
  const versions = await versionsOf(packages);
  const kept: KeptResult[] = results.map(({ id, claim, target, measured, ok }) => ({
    ...{ id, claim, target, measured, ok },
    ...{ scale, seed, versions },
  }));
  const file = join(folder, `${name}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(kept, undefined, 2)}\n`);
  return file;
}

async function versionsOf(packages: readonly string[]): Promise<Record<string, string>> {
  const versions: Record<string, string> = { node: process.versions.node };
  for (const name of packages) {
    const file = join(workspaceRoot, 'node_modules', name, 'package.json');
    versions[name] = (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  }
  return versions;
}
