import { EntraError } from '../errors/entra-error.ts';
import { parametersOf, type Parameters } from './parameters.ts';

/** A page of ours that a person comes back to after signing in: its path and its query. */
export interface Continuation {
  readonly path: string;
  readonly parameters: Parameters;
}

const PAGES = /^\/[^/]+\/(oauth2\/v2\.0\/authorize|v2\.0\/adminconsent|adminconsent)$/;

/** As a hidden field and a redirect carry it. */
export function continuationUrl({ path, parameters }: Continuation): string {
  return `${path}?${new URLSearchParams([...parameters]).toString()}`;
}

/** @throws EntraError 90023 when it leads anywhere but to the pages that ask for a sign-in. */
export function parseContinuation(text: string): Continuation {
  const url = URL.canParse(text, ORIGIN) ? new URL(text, ORIGIN) : undefined;
  if (url === undefined || url.origin !== ORIGIN || !PAGES.test(url.pathname)) {
    throw new EntraError(90023, 'The request is not valid: it does not come from a sign-in page.');
  }
  return { path: url.pathname, parameters: parametersOf(url.searchParams) };
}

const ORIGIN = 'http://localhost';

/** What the person has just done needs no asking again: only consent is still open after a sign-in. */
export function afterSignIn({ path, parameters }: Continuation): Continuation {
  const done = ['login_hint', 'search', ...(parameters.get('prompt') === 'consent' ? [] : ['prompt'])];
  return { path, parameters: without(parameters, done) };
}

/** The same request with the consent given. */
export function afterConsent({ path, parameters }: Continuation): Continuation {
  return { path, parameters: without(parameters, ['prompt']) };
}

/** The same request, for somebody else. */
export function toAnotherAccount({ path, parameters }: Continuation): Continuation {
  return { path, parameters: new Map([...parameters, ['prompt', 'select_account']]) };
}

function without(parameters: Parameters, names: readonly string[]): Parameters {
  return new Map([...parameters].filter(([name]) => !names.includes(name)));
}
