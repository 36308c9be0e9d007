import { checkAdministrator, isOneself } from '../protocol/access.ts';
import type { Route } from '../protocol/graph-call.ts';
import { graphTime } from '../protocol/graph-time.ts';
import { revokeSessions } from '../protocol/permissions.ts';
import { findUser } from './find-user.ts';

/** Ends a person's sessions and refresh tokens: Entra takes none that began before. */
export const revokeSessionsRoute: Route = {
  method: 'POST',
  path: '/users/{user}/revokeSignInSessions',
  permissions: revokeSessions,
  handle(call) {
    if (!isOneself(call)) checkAdministrator(call, 'people');
    const user = findUser(call, call.tenant.directory);
    call.tenant.writes.update(user, { signInSessionsValidFromDateTime: graphTime(call.now) });
    const context = `${call.request.origin}/v1.0/$metadata#Edm.Boolean`;
    return { status: 200, body: { '@odata.context': context, value: true } };
  },
};
