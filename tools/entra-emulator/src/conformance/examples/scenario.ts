import type { JsonObject } from '../../json.ts';
import type { Rules } from './compare.ts';
import type { Stage } from './stage.ts';

/** How an example comes about: the situation is made of the example's own values, never of copies of them. */
export interface Scenario extends Rules {
  /** Relative to the folder of examples, with slashes. */
  readonly file: string;
  /** Brings the emulator into the situation, asks, and returns what has to be like the example. */
  readonly answer: (example: JsonObject, stage: Stage) => Promise<unknown>;
  /** A known fault or gap of the document that the example was taken from, and what is done about it. */
  readonly oddity?: string;
  /** The example without that fault: what is answered and compared. */
  readonly corrected?: (example: JsonObject) => JsonObject;
}

/** An example that is no answer of the directory or of the identity platform. */
export interface ForeignExample {
  readonly file: string;
  readonly foreign: string;
}
