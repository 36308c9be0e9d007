import type { Answer } from '@learnamp/testkit';
import type { Company } from '../stage/company.ts';
import type { Stage } from '../stage/stage.ts';
import { addressOf, knownPeople, postFrom } from './known-people.ts';

/** A form that must not say who has an account. */
export interface Form {
  readonly name: string;
  readonly path: string;
  readonly fields: (email: string) => Readonly<Record<string, string>>;
}

export const forms: readonly Form[] = [
  {
    name: 'signing in',
    path: '/sign-in/password',
    fields: (email) => ({ email, password: 'not the password of anybody' }),
  },
  { name: 'asking for a new password', path: '/password/forgotten', fields: (email) => ({ email }) },
];

/** Whose address is tried: the last kind is what the others are compared with. */
const kinds = ['with a password', 'without a password', 'unknown'] as const;
type Kind = (typeof kinds)[number];

export interface Tries {
  readonly kind: Kind;
  readonly ms: readonly number[];
  /** What was answered, but for the address itself: each different answer once. */
  readonly answers: ReadonlySet<string>;
}

/** An account takes no more than a few tries in a quarter of an hour. */
const TRIES_OF_ONE = 5;

export class Trying {
  readonly #company: Company;
  readonly #addresses: Readonly<Record<Kind, readonly string[]>>;
  #number = 0;

  private constructor(company: Company, addresses: Readonly<Record<Kind, readonly string[]>>) {
    this.#company = company;
    this.#addresses = addresses;
  }

  static async open(stage: Stage, company: Company, count: number): Promise<Trying> {
    const people = Math.ceil(count / TRIES_OF_ONE);
    const [having, lacking] = await Promise.all([
      knownPeople(stage, company, { count: people, password: true }),
      knownPeople(stage, company, { count: people, password: false }),
    ]);
    // As long as the others, so that answers may be as long.
    const nobodys = (n: number) => `ada-${n.toString(16).padStart(8, 'f')}@${company.subdomain}.example`;
    const unknown = Array.from({ length: people }, (_, n) => nobodys(n));
    const addresses = { 'with a password': having, 'without a password': lacking, unknown };
    return new Trying(company, addresses);
  }

  /** Tries each kind so often, in turn. */
  async try(form: Form, count: number): Promise<Tries[]> {
    const tries = kinds.map((kind) => ({ kind, ms: [] as number[], answers: new Set<string>() }));
    for (let round = 0; round < count; round += 1) {
      // Each kind comes first, second and last as often as any other.
      for (let turn = 0; turn < tries.length; turn += 1) {
        const one = tries[(round + turn) % tries.length];
        if (one) await this.#tryOnce(form, one, Math.floor(round / TRIES_OF_ONE));
      }
    }
    return tries;
  }

  async #tryOnce(
    form: Form,
    { kind, ms, answers }: { kind: Kind; ms: number[]; answers: Set<string> },
    person: number,
  ) {
    const email = this.#addresses[kind][person] ?? '';
    const address = addressOf((this.#number += 1));
    const started = performance.now();
    const answer = await postFrom(this.#company, form.path, form.fields(email), { address });
    ms.push(performance.now() - started);
    answers.add(textOf(answer, email));
  }
}

/** Everything that an answer says, but for the time and the address that was typed. */
function textOf({ status, headers, body }: Answer, email: string): string {
  const said = Object.entries(headers).filter(([name]) => name !== 'date');
  return JSON.stringify([status, said.toSorted(), body.replaceAll(email, '(address)')]);
}
