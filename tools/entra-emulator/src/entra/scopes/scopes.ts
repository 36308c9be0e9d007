import { SIGN_IN_SCOPES } from '../application.ts';
import { EntraError, notEmulated } from '../errors/entra-error.ts';
import type { Application } from '../ports.ts';
import { delegatedPermission, OPENID_SCOPES } from './delegated-permissions.ts';

/** The audience of every access token the emulator issues. */
export const GRAPH_AUDIENCE = 'https://graph.microsoft.com';
/** Graph's application id, which names it as well as its address does. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** What an application asks for on behalf of a person. */
export interface Scopes {
  /** In the words of the request. */
  readonly asked: readonly string[];
  /** The permissions that this means, as Graph spells them. */
  readonly permissions: readonly string[];
}

/**
 * OpenID's scopes and Graph's delegated permissions, with or without Graph's address before them; `.default` means what
 * the application is registered to need.
 * @throws EntraError 28000 for several resources, 70011 for another one, 650056 for `.default` of nothing.
 */
export function readScopes(text: string, application: Application): Scopes {
  const asked = [...new Set(text.split(' ').filter((scope) => scope !== ''))];
  if (asked.length === 0) throw invalidScope(text);
  checkResources(asked);
  const permissions = asked.flatMap((scope) => permissionsOf(scope, application));
  return { asked, permissions: [...new Set(permissions)] };
}

/** What a token answer says was granted: everything asked, but for the scope that only asks for a refresh token. */
export function grantedText({ asked }: Scopes): string {
  return asked.filter((scope) => scope !== 'offline_access').join(' ');
}

/** `https://graph.microsoft.com/User.Read` in its two parts; without a resource it is Graph's. */
function partsOf(scope: string): { resource: string; name: string } {
  const [, resource = GRAPH_AUDIENCE, name = ''] = /^(?:(\S+?)\/{1,2})?([^/\s]+)$/.exec(scope) ?? [];
  return { resource: resource === GRAPH_APP_ID ? GRAPH_AUDIENCE : resource, name };
}

function checkResources(asked: readonly string[]): void {
  const named = asked.filter((scope) => !OPENID_SCOPES.includes(scope));
  const resources = new Set(named.map((scope) => partsOf(scope).resource));
  if (resources.size > 1) {
    throw new EntraError(
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ` +
        `${asked.join(' ')} is not valid.`,
    );
  }
  const foreign = named.find((scope) => partsOf(scope).resource !== GRAPH_AUDIENCE);
  if (foreign !== undefined) throw invalidScope(foreign);
  if (named.length > 1 && named.some((scope) => isDefault(partsOf(scope).name))) {
    throw invalidScope(asked.join(' '), " .default scope can't be combined with resource-specific scopes.");
  }
}

function isDefault(name: string): boolean {
  return name.toLowerCase() === '.default';
}

function permissionsOf(scope: string, application: Application): readonly string[] {
  const { name } = partsOf(scope);
  if (isDefault(name)) return registeredScopes(application);
  if (!/^[A-Za-z][\w.-]*$/.test(name)) throw invalidScope(scope);
  const permission = delegatedPermission(name);
  if (permission === undefined) throw notEmulated(`The delegated permission '${name}' is not known to the emulator.`);
  return [permission];
}

function registeredScopes({ appId, requiredScopes = SIGN_IN_SCOPES, requiredAppRoles = [] }: Application) {
  if (requiredScopes.length > 0 || requiredAppRoles.length > 0) return requiredScopes;
  throw new EntraError(
    650056,
    `Misconfigured application. This could be due to one of the following: the client has not listed any permissions for ` +
      `'Microsoft Graph' in the requested permissions in the client's application registration. Or, the admin has not ` +
      `consented in the tenant. Or, check the application identifier in the request to ensure it matches the configured ` +
      `client application identifier. Please contact your admin to fix the configuration or consent on behalf of the ` +
      `tenant. Client app ID: ${appId}.`,
  );
}

/** @throws EntraError 70011 as Entra words it. */
export function invalidScope(scope: string, more = ''): EntraError {
  return new EntraError(
    70011,
    `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.${more}`,
  );
}
