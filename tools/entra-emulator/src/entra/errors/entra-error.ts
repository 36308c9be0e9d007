import { clientRefusals } from './numbers/clients.ts';
import { consentRefusals } from './numbers/consents.ts';
import { peopleRefusals } from './numbers/people.ts';
import { requestRefusals } from './numbers/requests.ts';
import type { RefusalKind } from './numbers/refusal-kind.ts';

/** The numbers that the emulator answers with, or can be told to. */
const KINDS = { ...peopleRefusals, ...consentRefusals, ...clientRefusals, ...requestRefusals };

export type AadstsNumber = keyof typeof KINDS;

/** What the real Entra does and the emulator does not. */
const LACKING: RefusalKind = {
  error: 'not_implemented',
  redirectError: 'not_implemented',
  status: 501,
  audience: 'page',
  sentence: 'This is not emulated.',
};

/** A refusal of the identity platform. `code` is `aadsts-<number>`, or `not-emulated` for what the emulator lacks. */
export class EntraError extends Error {
  override readonly name = 'EntraError';
  readonly retriable = false;
  readonly code: string;
  readonly aadsts: AadstsNumber | undefined;
  readonly kind: RefusalKind;

  constructor(aadsts: AadstsNumber | undefined, message?: string, cause?: unknown) {
    const kind = aadsts === undefined ? LACKING : KINDS[aadsts];
    super(message ?? kind.sentence, cause === undefined ? {} : { cause });
    this.aadsts = aadsts;
    this.code = aadsts === undefined ? 'not-emulated' : `aadsts-${aadsts}`;
    this.kind = kind;
  }
}

/** Says by 501 what the real Entra does and the emulator does not. */
export function notEmulated(sentence: string): EntraError {
  return new EntraError(undefined, sentence);
}

export function isAadstsNumber(number: number): number is AadstsNumber {
  return Object.hasOwn(KINDS, number);
}
