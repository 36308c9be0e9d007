import { checkConsent, checkMayConsent, missingConsent } from '../consent/delegated-consent.ts';
import { EntraError } from '../errors/entra-error.ts';
import type { Application, DirectoryView, EntraUser } from '../ports.ts';
import { admit } from '../sign-in/admission.ts';
import type { Account } from '../sign-in/accounts.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** What has to happen before the application gets its code. */
export type NextStep =
  | { readonly kind: 'choose-account' }
  | { readonly kind: 'show-second-factor'; readonly user: EntraUser }
  | { readonly kind: 'ask-consent'; readonly user: EntraUser; readonly permissions: readonly string[] }
  | { readonly kind: 'answer'; readonly user: EntraUser; readonly account: Account };

/** Where and as whom the browser is signed in, if that fits the request. */
export interface Standing {
  readonly directory: DirectoryView;
  readonly account: Account;
  readonly mfa: boolean;
}

/**
 * Decides by the prompt (OpenID Connect Core, 3.1.2.1), by who is signed in, and by what the tenant asks of them.
 * @throws EntraError 50058, 50076 or 65001 when nothing may be shown; whatever keeps the person out; 90094 or 90095.
 */
export function nextStep(
  { prompt, scopes }: Pick<AuthorizationRequest, 'prompt' | 'scopes'>,
  application: Application,
  standing: Standing | undefined,
): NextStep {
  if (prompt === 'none' && standing === undefined) throw new EntraError(50058);
  if (standing === undefined || prompt === 'login' || prompt === 'select_account') return { kind: 'choose-account' };
  const { directory, account } = standing;
  const { user, principal, owesMfa } = admit({ ...standing, application });
  if (owesMfa && prompt === 'none') throw new EntraError(50076);
  if (owesMfa) return { kind: 'show-second-factor', user };
  if (prompt === 'none') checkConsent(application, principal, user.id, scopes.permissions);
  const missing = missingConsent(principal, user.id, scopes.permissions);
  const asked = prompt === 'consent' ? scopes.permissions : missing;
  if (principal !== undefined && asked.length === 0) return { kind: 'answer', user, account };
  checkMayConsent(directory, user, asked);
  return { kind: 'ask-consent', user, permissions: asked };
}
