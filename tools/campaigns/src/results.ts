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

/**
 * Writes results of the full size to `<folder>/NAME.json`. Rows that were not measured this time stay as they are there,
 * each with its own seed and versions; rows that the campaign has no more go.
 */
export async function keepResults(
  folder: string,
  name: string,
  results: readonly Result[],
  { scale, seed, packages, ids }: KeepOptions,
): Promise<string> {
  const versions = await versionsOf(packages);
  const file = join(folder, `${name}.json`);
  const rows = new Map((await readKept(file)).map((row) => [row.id, row]));
  for (const { id, claim, target, measured, ok } of results) {
    rows.set(id, { id, claim, target, measured, ok, scale, seed, versions });
  }
  const kept = ids.flatMap((id) => rows.get(id) ?? []);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(kept, undefined, 2)}\n`);
  return file;
}

export interface KeepOptions extends Pick<KeptResult, 'scale' | 'seed'> {
  /** Whose versions are written down. */
  readonly packages: readonly string[];
  /** Of the campaign's rows, in order. */
  readonly ids: readonly string[];
}

async function readKept(file: string): Promise<readonly KeptResult[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return '[]';
    throw error;
  });
  return JSON.parse(text) as readonly KeptResult[];
}

async function versionsOf(packages: readonly string[]): Promise<Record<string, string>> {
  const versions: Record<string, string> = { node: process.versions.node };
  for (const name of packages) {
    const file = join(workspaceRoot, 'node_modules', name, 'package.json');
    versions[name] = (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  }
  return versions;
}
