import { restoreDirectory, snapshotOf } from '../directory/directory-snapshot.ts';
import { EmulatorError } from '../emulator-error.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import type { Microsoft } from '../microsoft.ts';

/**
 * Named moments to go back to: the directory of every tenant, its photos, what its applications were granted, and the
 * subscriptions. Not the clock, nor sessions, nor tokens that were issued, nor the logs.
 */
export class Snapshots {
  readonly #microsoft: Pick<Microsoft, 'tenants' | 'notifications'>;
  readonly #clock: () => Date;
  readonly #restorers = new Map<string, () => void>();

  constructor(microsoft: Pick<Microsoft, 'tenants' | 'notifications'>, clock: () => Date) {
    this.#microsoft = microsoft;
    this.#clock = clock;
  }

  /** Replaces an older one of that name. */
  take(name: string): void {
    const { tenants, notifications } = this.#microsoft;
    const restorers = [...tenants.map((tenant) => this.#remember(tenant)), notifications.control.snapshot()];
    this.#restorers.set(name, () => {
      for (const restore of restorers) restore();
    });
  }

  /** Throws an EmulatorError `command-refused` when there is none of that name. */
  restore(name: string): void {
    const restore = this.#restorers.get(name);
    if (restore === undefined) throw new EmulatorError('command-refused', `there is no snapshot "${name}"`);
    restore();
  }

  names(): readonly string[] {
    return [...this.#restorers.keys()];
  }

  #remember({ directory, photos, applications }: GraphTenant): () => void {
    const objects = snapshotOf(directory);
    const restorers = [photos.snapshot(), applications.servicePrincipals.snapshot()];
    return () => {
      restoreDirectory(directory, objects, this.#clock());
      for (const restore of restorers) restore();
    };
  }
}
