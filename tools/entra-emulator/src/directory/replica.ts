import type { Change } from './change.ts';
import { Directory, type DirectoryReads } from './directory.ts';
import type { DirectorySeed } from './directory-seed.ts';

/** How far behind a reader is: by a number of changes, or by time. */
export type Lag = { readonly changes: number } | { readonly ms: number };

/**
 * Further copies of a directory that follow it at a distance, as Entra's replicas do: one for each lag.
 * A copy is built when the first read asks for it, from the same seed and the same log.
 */
export class Replicas {
  readonly #source: Directory;
  readonly #seed: DirectorySeed;
  readonly #copies = new Map<string, Directory>();

  constructor(source: Directory, seed: DirectorySeed) {
    this.#source = source;
    this.#seed = seed;
  }

  /** The directory as it was. */
  behind(lag: Lag, now: Date): DirectoryReads {
    const copy = this.#copy(lag);
    const news = this.#source.changesAfter(copy.sequence);
    const isDue = (change: Change, index: number): boolean =>
      'changes' in lag ? index < news.length - lag.changes : change.at <= now.getTime() - lag.ms;
    for (const [index, change] of news.entries()) {
      if (!isDue(change, index)) break;
      copy.apply(change);
    }
    return copy;
  }

  #copy(lag: Lag): Directory {
    const key = JSON.stringify(lag);
    let copy = this.#copies.get(key);
    if (copy === undefined) this.#copies.set(key, (copy = new Directory(this.#seed)));
    return copy;
  }
}
