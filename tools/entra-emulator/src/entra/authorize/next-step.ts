import type { EntraUser } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** What has to happen before the application gets its code. */
export type NextStep =
  | { readonly kind: 'choose-account' }
  | { readonly kind: 'ask-consent'; readonly user: EntraUser }
  | { readonly kind: 'issue-code'; readonly user: EntraUser };

/**
 * Decides by the prompt (OpenID Connect Core, 3.1.2.1) and the person signed in, if it is the one hinted at.
 * @throws EntraError 50058 when nothing may be shown and nobody fitting is signed in.
 */
export function nextStep({ prompt }: Pick<AuthorizationRequest, 'prompt'>, user: EntraUser | undefined): NextStep {
  if (prompt === 'none' && user === undefined) {
    throw new EntraError(50058, 'A silent sign-in request was sent but no user is signed in.');
  }
  if (user === undefined || prompt === 'login' || prompt === 'select_account') return { kind: 'choose-account' };
  return { kind: prompt === 'consent' ? 'ask-consent' : 'issue-code', user };
}
