import { EntraError, notEmulated } from '../errors/entra-error.ts';
import type { Application } from '../ports.ts';
import { required, type Parameters } from '../request/parameters.ts';
import { readClaimsRequest, type ClaimsRequest } from '../scopes/claims-request.ts';
import { readScopes, type Scopes } from '../scopes/scopes.ts';
import type { CodeChallenge } from '../tokens/code-challenge.ts';
import { readCodeChallenge } from '../tokens/code-challenge.ts';
import type { ResponseMode } from './reply-address.ts';

const PROMPTS = ['login', 'none', 'consent', 'select_account'] as const;
export type Prompt = (typeof PROMPTS)[number];

/** What an application asks of a sign-in. */
export interface AuthorizationRequest {
  readonly scopes: Scopes;
  readonly claims: ClaimsRequest;
  readonly wantsCode: boolean;
  readonly wantsIdToken: boolean;
  readonly nonce?: string;
  readonly codeChallenge?: CodeChallenge;
  readonly prompt?: Prompt;
  readonly loginHint?: string;
}

/** @throws EntraError for the application: 900144, 700054, 70005, 70007, 70011, 28000, 50149, 501491 or 90023. */
export function readAuthorizationRequest(
  parameters: Parameters,
  application: Application,
  responseMode: ResponseMode,
): AuthorizationRequest {
  const { wantsCode, wantsIdToken } = readResponseType(required(parameters, 'response_type'), application);
  if (wantsIdToken && responseMode === 'query') throw tokenInQuery();
  checkLacking(parameters);
  const nonce = wantsIdToken ? required(parameters, 'nonce') : parameters.get('nonce');
  const loginHint = parameters.get('login_hint');
  const prompt = promptOf(parameters.get('prompt'));
  const codeChallenge = readCodeChallenge(parameters);
  const scopes = readScopes(required(parameters, 'scope'), application);
  if (wantsIdToken && !scopes.permissions.includes('openid')) {
    throw new EntraError(70005, `response_type 'id_token' requires the 'OpenID' scope.`);
  }
  return {
    scopes,
    claims: readClaimsRequest(parameters),
    wantsCode,
    wantsIdToken,
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(loginHint === undefined ? {} : { loginHint }),
  };
}

function readResponseType(responseType: string, { web }: Application): { wantsCode: boolean; wantsIdToken: boolean } {
  const types = new Set(responseType.split(' '));
  const wantsIdToken = types.has('id_token');
  if (wantsIdToken && web.implicitGrantSettings?.enableIdTokenIssuance !== true) throw new EntraError(700054);
  if ([...types].every((type) => type === 'code' || type === 'id_token')) {
    return { wantsCode: types.has('code'), wantsIdToken };
  }
  throw new EntraError(70005, `The app requested an unsupported response type '${responseType}'.`);
}

/** OAuth 2.0 Multiple Response Types, 3: a token never travels in a query. */
function tokenInQuery(): EntraError {
  return new EntraError(70007, `'query' is not a supported value for 'response_mode' when requesting a token.`);
}

function checkLacking(parameters: Parameters): void {
  const lacking = ['request', 'request_uri'].find((name) => parameters.has(name));
  if (lacking !== undefined) throw notEmulated(`The parameter '${lacking}' is not emulated.`);
}

function promptOf(asked: string | undefined): Prompt | undefined {
  if (asked === undefined) return undefined;
  const prompt = PROMPTS.find((known) => known === asked);
  if (prompt !== undefined) return prompt;
  throw new EntraError(90023, `The value '${asked}' of the parameter 'prompt' is not supported.`);
}
