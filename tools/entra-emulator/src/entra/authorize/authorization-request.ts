import { EntraError } from '../errors/entra-error.ts';
import { required, type Parameters } from '../request/parameters.ts';
import type { CodeChallenge } from '../tokens/code-challenge.ts';
import { readCodeChallenge } from '../tokens/code-challenge.ts';

const PROMPTS = ['login', 'none', 'consent', 'select_account'] as const;
export type Prompt = (typeof PROMPTS)[number];

/** What an application asks of a sign-in. */
export interface AuthorizationRequest {
  readonly scopes: readonly string[];
  readonly nonce?: string;
  readonly codeChallenge?: CodeChallenge;
  readonly prompt?: Prompt;
  readonly loginHint?: string;
}

/** @throws EntraError for the application: 900144, 700054, 70005, 70011, 50149, 501491 or 90023. */
export function readAuthorizationRequest(parameters: Parameters): AuthorizationRequest {
  checkResponseType(required(parameters, 'response_type'));
  const [nonce, loginHint] = [parameters.get('nonce'), parameters.get('login_hint')];
  const prompt = promptOf(parameters.get('prompt'));
  const codeChallenge = readCodeChallenge(parameters);
  return {
    scopes: scopesOf(required(parameters, 'scope')),
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(loginHint === undefined ? {} : { loginHint }),
  };
}

/** Only the code flow: applications of this directory have the implicit and hybrid flows switched off. */
function checkResponseType(responseType: string): void {
  if (responseType === 'code') return;
  const types = responseType.split(' ');
  if (types.includes('id_token')) {
    throw new EntraError(700054, `response_type 'id_token' is not enabled for the application.`);
  }
  throw new EntraError(70005, `The app requested an unsupported response type '${responseType}'.`);
}

function promptOf(asked: string | undefined): Prompt | undefined {
  if (asked === undefined) return undefined;
  const prompt = PROMPTS.find((known) => known === asked);
  if (prompt !== undefined) return prompt;
  throw new EntraError(90023, `The value '${asked}' of the parameter 'prompt' is not supported.`);
}

/** OpenID's scopes and Graph's delegated permissions, with or without Graph's address before them. */
function scopesOf(asked: string): string[] {
  const scopes = asked.split(' ').filter((scope) => scope !== '');
  const wrong = scopes.find((scope) => !/^(https:\/\/graph\.microsoft\.com\/)?\.?[A-Za-z][\w.-]*$/.test(scope));
  if (wrong === undefined && scopes.length > 0) return [...new Set(scopes)];
  throw new EntraError(
    70011,
    `The provided value for the input parameter 'scope' is not valid. The scope ${wrong ?? asked} is not valid.`,
  );
}
