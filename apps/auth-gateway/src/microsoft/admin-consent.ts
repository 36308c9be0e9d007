import type { Consent } from '@learnamp/organisations';
import { MicrosoftError } from './microsoft-error.ts';

/** The application, as Microsoft's consent page is asked by it. */
export interface ConsentAsker {
  /** Origin such as `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  readonly clientId: string;
  /** Such as `https://graph.microsoft.com`. */
  readonly graphResource: string;
  readonly redirectUri: string;
}

/** `.default` is whatever the application is registered to need, application permissions among it; the rest is delegated. */
const scopeOf = (consent: Consent, graphResource: string) =>
  consent === 'sign-in' ? 'openid profile email' : `${graphResource}/.default`;

/**
 * Where an administrator agrees for a whole tenant (Microsoft identity platform, v2.0 admin consent endpoint): of the
 * tenant, where it is known, else of whichever the administrator belongs to. Metadata doesn't name it, but it is beside
 * the page where people sign in.
 * @throws MicrosoftError
 */
export async function adminConsentUrl(
  { authorityHost, clientId, graphResource, redirectUri }: ConsentAsker,
  { tenantId, consent, state }: { readonly tenantId: string | null; readonly consent: Consent; readonly state: string },
): Promise<string> {
  const authority = tenantId ?? 'organizations';
  const url = new URL(`/${authority}/v2.0/adminconsent`, await signInPageOf(`${authorityHost}/${authority}/v2.0`));
  const scope = scopeOf(consent, graphResource);
  const asked = { client_id: clientId, scope, redirect_uri: redirectUri, state };
  url.search = new URLSearchParams(asked).toString();
  return url.href;
}

const TIMEOUT_MS = 10_000;

async function signInPageOf(authority: string): Promise<string> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${authority}/.well-known/openid-configuration`, { signal, redirect: 'error' });
    const { authorization_endpoint: page } = (await response.json()) as { readonly authorization_endpoint?: unknown };
    if (response.ok && typeof page === 'string' && /^https?:\/\//.test(page)) return page;
    throw new TypeError('the authority names no page to sign in at');
  } catch (cause) {
    throw new MicrosoftError('unreachable', { cause });
  }
}
