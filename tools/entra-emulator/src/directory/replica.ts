import { Directory, type DirectoryReads } from './directory.ts';
import type { DirectorySeed } from './directory-seed.ts';

/** How far behind a reader is: by a number of changes, or by time. */
export type Lag = { readonly changes: number } | { readonly ms: number };

/**
 * A second copy of a directory that follows it at a distance, as Entra's replicas do.
 * It is built when the first lagging read asks for it, from the same seed and the same log.
 */
export class Replica {
  readonly #source: Directory;
  readonly #seed: DirectorySeed;
  #copy: Directory | undefined;

  constructor(source: Directory, seed: DirectorySeed) {
    this.#source = source;
    this.#seed = seed;
  }

  /** The directory as it was. */
  behind(lag: Lag, now: Date): DirectoryReads {
    return this.#at('changes' in lag ? this.#source.sequence - lag.changes : this.#sequenceAt(now.getTime() - lag.ms));
  }

  #sequenceAt(time: number): number {
    return this.#source.changesAfter(0).findLastIndex((change) => change.at <= time) + 1;
  }

  #at(sequence: number): DirectoryReads {
    const target = Math.max(0, sequence);
    // A copy can't go back, so one that has seen too much is built again.
    if (this.#copy === undefined || this.#copy.sequence > target) this.#copy = new Directory(this.#seed);
    const copy = this.#copy;
    for (const change of this.#source.changesAfter(copy.sequence).slice(0, target - copy.sequence)) copy.apply(change);
    return copy;
  }
}
