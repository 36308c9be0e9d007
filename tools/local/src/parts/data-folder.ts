import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../options.ts';

const MARK = 'installation.json';

/**
 * Opens the folder that an installation keeps its data in. A folder belongs to one tenant: another one's people would
 * otherwise be taken for leavers of the first. `reset` clears it, but only if it is ours.
 * @throws UsageError
 */
export function openDataFolder(directory: string, tenantId: string, reset: boolean): string {
  const folder = resolve(directory);
  const mark = join(folder, MARK);
  const ours = existsSync(mark);
  if (reset && ours) rmSync(folder, { recursive: true });
  else if (ours && tenantOf(mark) !== tenantId) {
    throw new UsageError(`${folder} holds the data of another tenant: use another --data, or clear it by --reset`);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, `${JSON.stringify({ tenantId })}\n`);
  return folder;
}

const tenantOf = (mark: string) => (JSON.parse(readFileSync(mark, 'utf8')) as { tenantId?: string }).tenantId;
