import { SIGN_IN_SCOPES } from '../application.ts';
import type { Application } from '../ports.ts';
import { required, type Parameters } from '../request/parameters.ts';
import { readScopes } from '../scopes/scopes.ts';

/** What an administrator is asked to grant for the whole tenant. */
export interface ConsentRequest {
  /** The `scope` of the v2 form; the old form has none and always means everything the application needs. */
  readonly scope?: string;
  /** As the page lists them. */
  readonly shown: readonly string[];
  /** Delegated permissions. */
  readonly scopes: readonly string[];
  /** Application permissions: only `.default` asks for those. */
  readonly appRoles: readonly string[];
}

/** @throws EntraError 900144 without a scope; 70011, 28000 or 650056 for a wrong one. */
export function readConsentRequest(
  form: 'v2' | 'v1',
  application: Application,
  parameters: Parameters,
): ConsentRequest {
  const { requiredAppRoles = [], requiredScopes = SIGN_IN_SCOPES } = application;
  if (form === 'v1') return requestOf(requiredScopes, requiredAppRoles);
  const scope = required(parameters, 'scope');
  const { asked, permissions } = readScopes(scope, application);
  const isDefault = asked.some((one) => one.toLowerCase().endsWith('.default'));
  return { scope, ...requestOf(permissions, isDefault ? requiredAppRoles : []) };
}

function requestOf(scopes: readonly string[], appRoles: readonly string[]): ConsentRequest {
  return { shown: [...scopes, ...appRoles], scopes, appRoles };
}
