import type { DirectoryReads } from '@learnamp/entra-emulator';
import { topics, type UserState } from '@learnamp/contracts';
import { expectedPeople } from '../oracle/expected-people.ts';
import type { World } from '../simulation/world.ts';

/** Who has ever gone from among those who are to be active. Nobody else may ever be deactivated, not even for a while. */
export class Departures {
  readonly #rootId: string;
  #expected: ReadonlySet<string> = new Set();
  readonly #gone = new Set<string>();

  constructor(rootId: string) {
    this.#rootId = rootId;
  }

  /** To be called after each change of the directory. */
  note(directory: DirectoryReads): void {
    const now = new Set(expectedPeople(directory, this.#rootId).keys());
    for (const personId of this.#expected) if (!now.has(personId)) this.#gone.add(personId);
    this.#expected = new Set([...this.#expected, ...now]);
  }

  /** Deactivations that were published of people who never went. */
  unfounded({ bus }: World): string[] {
    const lines = bus.records(topics.directoryUsers.name).flatMap(({ value }) => {
      const { personId, active, removal } = JSON.parse(value?.toString() ?? '{}') as Partial<UserState>;
      if (active !== false || personId === undefined || !this.#expected.has(personId)) return [];
      return this.#gone.has(personId) ? [] : [`${personId} was deactivated (${removal?.cause}) and never went`];
    });
    return [...new Set(lines)];
  }
}
