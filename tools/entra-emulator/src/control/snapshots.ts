import { restoreDirectory, snapshotOf } from '../directory/directory-snapshot.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import type { Microsoft } from '../microsoft.ts';
import { refused } from './handlers.ts';

type Restorable = Pick<Microsoft, 'tenants' | 'notifications' | 'entra'>;

/**
 * Named moments to go back to: subscriptions, sessions, refresh tokens, sign-in policies, and of every tenant the directory,
 * its photos and what applications were granted. Not the clock, the faults, the logs, the keys, nor what is on its way.
 */
export class Snapshots {
  readonly #microsoft: Restorable;
  readonly #clock: () => Date;
  readonly #restorers = new Map<string, () => void>();

  constructor(microsoft: Restorable, clock: () => Date) {
    this.#microsoft = microsoft;
    this.#clock = clock;
  }

  /** Replaces an older one of that name. */
  take(name: string): void {
    const { tenants, notifications, entra } = this.#microsoft;
    // Subscriptions first: they hear of the changes by which the directory goes back.
    const restorers = [
      notifications.control.snapshot(),
      entra.snapshot(),
      ...tenants.map((tenant) => this.#remember(tenant)),
    ];
    this.#restorers.set(name, () => {
      for (const restore of restorers) restore();
    });
  }

  /** Throws an EmulatorError `command-refused` when there is none of that name. */
  restore(name: string): void {
    const restore = this.#restorers.get(name);
    if (restore === undefined) throw refused(`there is no snapshot "${name}"`);
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
