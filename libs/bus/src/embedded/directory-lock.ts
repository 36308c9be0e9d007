import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';
import { BusError } from '../bus-error.ts';

const LOCK_FILE = 'bus.lock';

export interface DirectoryLock {
  release(): void;
}

/** A process that has this one's pid but began at another time is gone: containers start every life with the same pid. */
const ownIdentity = `${process.pid} ${Math.round(performance.timeOrigin)}`;

function hasCode(error: unknown, code: string): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === code;
}

function isAlive(identity: string): boolean {
  const pid = Number(identity.split(' ')[0]);
  if (pid === process.pid) return identity === ownIdentity;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function create(path: string): boolean {
  try {
    writeFileSync(path, ownIdentity, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function identityIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Takes a dead process's lock away. The rename has one winner, so two processes cannot both believe they removed it. */
function removeStale(path: string, identity: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  // Another process may have replaced the stale lock by its own between reading and renaming: give that one back.
  if (readFileSync(aside, 'utf8') === identity) rmSync(aside);
  else renameSync(aside, path);
}

/** Leaves a lock alone that is no longer ours: somebody may have cleared the folder away meanwhile. */
function release(path: string): void {
  if (identityIn(path) === ownIdentity) rmSync(path);
}

/** Whether a process that lives has the directory open. */
export function isLocked(directory: string): boolean {
  const identity = identityIn(join(directory, LOCK_FILE));
  return identity !== undefined && isAlive(identity);
}

/** Makes this process the only one that has the directory open; takes over from a process that died. */
export function lockDirectory(directory: string): DirectoryLock {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, LOCK_FILE);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (create(path)) return { release: () => release(path) };
    const identity = identityIn(path);
    if (identity === undefined) continue;
    if (isAlive(identity)) break;
    removeStale(path, identity);
  }
  const holder = identityIn(path)?.split(' ')[0] ?? 'unknown';
  throw new BusError(
    'bus-in-use',
    `${directory} is in use by process ${holder}; if that is no longer this program, remove ${path}`,
  );
}
