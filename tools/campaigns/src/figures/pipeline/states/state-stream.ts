import { createHash, randomUUID } from 'node:crypto';
import { formatVersion, type UserState } from '@learnamp/contracts';
import type { Draw } from '../../provisioning/simulation/draw.ts';

export interface StreamSize {
  readonly organisations: number;
  /** In each organisation. */
  readonly people: number;
  /** Of all of them together. */
  readonly events: number;
}

interface Saying {
  readonly active: boolean;
  readonly jobTitle: string;
  readonly department: string | null;
  readonly managerId: string | null;
}

const DEPARTMENTS = ['Engineering', 'Sales', 'People', 'Finance', null];

/**
 * What directory-sync might say of people, in the order in which it says it: first that each of them is there, then whatever
 * changes. Each state is whole, and newer than every one of its organisation before it.
 */
export function stateStream(draw: Draw, { organisations, people, events }: StreamSize): UserState[] {
  const companies = Array.from({ length: organisations }, () => new Company(draw, people));
  const arrivals = companies.flatMap((company) => company.arrivals());
  const changes = Array.from(
    { length: Math.max(0, events - arrivals.length) },
    () => draw.from(companies)?.change() ?? [],
  );
  return [...arrivals, ...changes.flat()];
}

class Company {
  readonly #id = `org-${randomUUID().slice(0, 8)}`;
  readonly #people: readonly string[];
  readonly #said = new Map<string, Saying>();
  readonly #draw: Draw;
  #sequence = 0;

  constructor(draw: Draw, people: number) {
    this.#draw = draw;
    this.#people = Array.from({ length: people }, () => randomUUID());
  }

  arrivals(): UserState[] {
    return this.#people.map((personId) =>
      this.#say(personId, {
        active: true,
        jobTitle: 'Title 0',
        department: this.#draw.from(DEPARTMENTS) ?? null,
        managerId: null,
      }),
    );
  }

  change(): UserState[] {
    const personId = this.#draw.from(this.#people) ?? '';
    const before = this.#said.get(personId);
    return before ? [this.#say(personId, { ...before, ...this.#drawn(before) })] : [];
  }

  #drawn({ active }: Saying): Partial<Saying> {
    if (!active) return { active: this.#draw.chance(0.7) };
    const kinds: readonly (() => Partial<Saying>)[] = [
      () => ({ jobTitle: `Title ${this.#sequence}` }),
      () => ({ department: this.#draw.from(DEPARTMENTS) ?? null }),
      () => ({ managerId: this.#draw.from(this.#people) ?? null }),
      () => ({ active: false }),
      () => ({}),
    ];
    return this.#draw.from(kinds)?.() ?? {};
  }

  #say(personId: string, saying: Saying): UserState {
    this.#said.set(personId, saying);
    const { active, jobTitle, department, managerId } = saying;
    const name = personId.slice(0, 8);
    const email = `${name}@${this.#id}.example`;
    return {
      organisationId: this.#id,
      source: 'microsoft',
      personId,
      version: formatVersion({ epoch: 1, sequence: (this.#sequence += 1) }),
      hash: createHash('sha256').update(JSON.stringify(saying)).digest('hex').slice(0, 32),
      runId: 'figures',
      active,
      userPrincipalName: email,
      userType: 'Member',
      fields: {
        ...{ firstName: 'Ada', lastName: name, displayName: `Ada ${name}`, email, jobTitle, department },
        ...{ location: null, language: null, hireDate: null },
      },
      managerId,
      ...(active ? {} : { removal: { cause: 'left', proof: 'The directory says that they are not in the group.' } }),
    };
  }
}
