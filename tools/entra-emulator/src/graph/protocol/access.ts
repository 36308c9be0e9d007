import { administers, type Administered } from '../../directory/administered.ts';
import { holds, type GraphCall, type Route } from './graph-call.ts';
import { denied, invalidODataRequest } from './refusals.ts';

type Caller = Pick<GraphCall, 'token' | 'tenant' | 'parameters'>;

/** Guests don't get to see who is there. */
const LISTS = /^\/(?:users|groups|devices|contacts|servicePrincipals|applications)(?:\/\$count|\/delta)?$/;

/** Refuses a caller whom no permission lets use a route. */
export function checkAccess(call: Caller, route: Route): void {
  const { userId } = call.token;
  if (route.aboutMe && userId === undefined)
    throw invalidODataRequest('/me request is only valid with delegated authentication flow.');
  if (route.permissions.length > 0 && !holds(call, permissionsOf(call, route))) throw denied();
  if (userId !== undefined && LISTS.test(route.path) && isGuest(call, userId)) throw denied();
}

/** Whether a signed-in person asks for the person that the path names. */
export function isOneself({ token, tenant, parameters }: Caller): boolean {
  const key = parameters['user'];
  if (token.userId === undefined || key === undefined) return false;
  const { directory } = tenant;
  return (directory.find(key) ?? directory.findUserByUpn(key))?.id === token.userId.toLowerCase();
}

/**
 * Refuses a signed-in person whose roles don't administer this: through an application people can do no more than by
 * themselves. Applications by themselves may do whatever they are permitted.
 */
export function checkAdministrator({ token, tenant }: Pick<GraphCall, 'token' | 'tenant'>, what: Administered): void {
  if (token.userId !== undefined && !administers(tenant.roles.rolesOf(token.userId.toLowerCase()), what))
    throw denied();
}

/** Whether the signed-in person is a guest. */
export function isGuest({ tenant }: Pick<GraphCall, 'tenant'>, userId: string): boolean {
  return tenant.directory.find(userId)?.properties['userType'] === 'Guest';
}

function permissionsOf(call: Caller, { permissions, delegated = [], own = [], aboutMe }: Route): string[] {
  const signedIn = call.token.userId === undefined ? [] : delegated;
  return [...permissions, ...signedIn, ...(aboutMe === true || isOneself(call) ? own : [])];
}
