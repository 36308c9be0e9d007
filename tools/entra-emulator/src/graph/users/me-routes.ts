import type { GraphCall, Route } from '../protocol/graph-call.ts';

const USER = '/users/{user}';
const readOneself = ['User.Read', 'User.ReadWrite'];
const writeOneself = ['User.ReadWrite'];

/** Gives the routes about one user the permissions that open them to somebody who asks for themselves. */
export function withOwnPermissions(routes: readonly Route[]): Route[] {
  return routes.map((route) => (isAboutOne(route) ? { ...route, own: ownPermissions(route) } : route));
}

/** The same routes for the person who is signed in: `/me`. */
export function meRoutes(routes: readonly Route[]): Route[] {
  return routes.filter(isAboutOne).map((route) => ({
    ...route,
    path: `/me${route.path.slice(USER.length)}`,
    aboutMe: true,
    handle: (call) => route.handle(asThemselves(call)),
  }));
}

function isAboutOne({ path }: Route): boolean {
  return path === USER || path.startsWith(`${USER}/`);
}

function asThemselves(call: GraphCall): GraphCall {
  return { ...call, parameters: { ...call.parameters, user: call.token.userId ?? '' } };
}

/** Graph's permission reference: little about themselves takes more than signing in does. */
function ownPermissions({ method, path }: Route): readonly string[] {
  // Whom somebody reports to is a fact about another person.
  if (path.includes('/manager') || path.includes('/revokeSignInSessions')) return [];
  if (method === 'GET' || method === 'POST') return readOneself;
  return path === USER && method === 'DELETE' ? [] : writeOneself;
}
