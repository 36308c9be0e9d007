import type { FactWorld } from './fact-world.ts';

/** What came back: an answer over HTTP, or a notification that was delivered (then with status 0). */
export interface FactAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as it parses, text as a string, anything else as a Buffer; undefined when there was none. */
  readonly body: unknown;
}

/** What a value is: JSON's types, with `array` and `null` apart from `object`. */
export type ValueType = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null' | 'undefined';

/**
 * One thing that Graph or Entra is known to do: a request, and what must come back. Paths into the body are dotted, with
 * array positions as numbers (`value.0.id`); a dot that belongs to a name is written `\.` (`@odata\.nextLink`).
 */
export interface Fact {
  /** Lines of the digest of facts that it shows: the section, and the how manieth bullet below it: `1.1/3`, `4/12`. */
  readonly lines: readonly string[];
  /** A sentence without its subject: `refuses a clientState of more than 128 characters`. */
  readonly says: string;
  /** Makes the request; also whatever has to happen before it. */
  readonly ask: (world: FactWorld) => Promise<FactAnswer>;
  readonly status?: number;
  /** The code of a Graph error, compared as it is spelled; for Entra, the AADSTS number. */
  readonly code?: string | number;
  /** Paths that must be there. */
  readonly keys?: readonly string[];
  /** Paths that must not be there. */
  readonly absent?: readonly string[];
  readonly types?: Readonly<Record<string, ValueType>>;
  /** Paths whose values are equal to these, or match these patterns. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
  /** What the rest can't say: returns what is wrong, or undefined. */
  readonly check?: (answer: FactAnswer, world: FactWorld) => string | undefined;
}

/** Facts that share a running emulator, in the order in which they are asked. */
export interface FactGroup {
  readonly title: string;
  /** Starts the emulator for the group. */
  readonly world: () => Promise<FactWorld>;
  readonly facts: readonly Fact[];
}

/** A part of the digest that this emulator answers with 501, or that describes no behaviour of a server. */
export interface LineWithoutFact {
  readonly line: string;
  readonly why: string;
}
