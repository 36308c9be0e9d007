import type { Application } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import { required, type Parameters } from '../request/parameters.ts';

const GRAPH_DEFAULT = 'https://graph.microsoft.com/.default';

/** What an administrator is asked to grant for the whole tenant. */
export interface ConsentRequest {
  /** The `scope` of the v2 form; the old form has none and always means everything the application needs. */
  readonly scope?: string;
  /** As the page lists them. */
  readonly permissions: readonly string[];
  /** The application permissions among them: only `.default` asks for those. */
  readonly appRoles: readonly string[];
}

/** @throws EntraError 900144 without a scope, 70011 for one that Graph does not know. */
export function readConsentRequest(
  form: 'v2' | 'v1',
  application: Application,
  parameters: Parameters,
): ConsentRequest {
  const needed = application.requiredAppRoles ?? [];
  if (form === 'v1') return { permissions: needed, appRoles: needed };
  const scope = required(parameters, 'scope');
  const scopes = scope.split(' ').filter((one) => one !== '');
  const wrong = scopes.find((one) => one.includes('/') && !one.startsWith('https://graph.microsoft.com/'));
  if (wrong !== undefined) {
    throw new EntraError(
      70011,
      `The provided value for the input parameter 'scope' is not valid. The scope ${wrong} is not valid.`,
    );
  }
  const appRoles = scopes.includes(GRAPH_DEFAULT) ? needed : [];
  return { scope, permissions: [...scopes.filter((one) => one !== GRAPH_DEFAULT), ...appRoles], appRoles };
}
