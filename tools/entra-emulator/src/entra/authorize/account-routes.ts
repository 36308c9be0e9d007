import type { FastifyInstance } from 'fastify';
import { EntraError } from '../errors/entra-error.ts';
import { afterSignIn, continuationUrl, parseContinuation } from '../request/continuation.ts';
import { bodyParameters, required } from '../request/parameters.ts';
import { sessionCookie, setSessionCookie } from '../sessions/session-cookie.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { accountNamed, checkUsable, idOf, isSame, type Account } from '../sign-in/accounts.ts';
import { resolveAuthority, type Authority } from '../tenants/authority.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { askForAccount } from './ask-for-account.ts';

export interface AccountDeps {
  readonly tenants: Tenants;
  readonly sessions: Sessions;
}

/** Takes the choice of a person: begins the session and goes on with what the person came for. */
export function accountRoutes(server: FastifyInstance, { tenants, sessions }: AccountDeps): void {
  server.post<{ Params: { tenant: string } }>('/:tenant/login', (request, reply) => {
    const authority = resolveAuthority(tenants, request.params.tenant);
    const body = bodyParameters(request);
    const continuation = parseContinuation(required(body, 'continue'));
    const typed = required(body, 'account');
    const cookie = sessionCookie(request);
    try {
      const account = idOf(accountToSignIn(tenants, authority, typed));
      const session = sessions.find(cookie);
      if (session !== undefined && isSame(session.account, account)) sessions.renew(session);
      else {
        sessions.end(cookie);
        setSessionCookie(reply, sessions.start(account));
      }
      return reply.redirect(continuationUrl(afterSignIn(continuation)), 303);
    } catch (alert) {
      if (!(alert instanceof EntraError)) throw alert;
      return askForAccount(tenants, authority, reply, { continuation, alert, typed });
    }
  });
}

/** @throws EntraError 50034 for nobody's name, 50057 or 50053 for an account that may not be used. */
function accountToSignIn(tenants: Tenants, authority: Authority, name: string): Account {
  const account = accountNamed(tenants, authority, name);
  if (account === undefined) {
    const directoryName = authority.kind === 'tenant' ? ` ${authority.directory.tenant.displayName}` : '';
    throw new EntraError(
      50034,
      `The user account ${name} does not exist in the${directoryName} directory. To sign into this application, the ` +
        `account must be added to the directory.`,
    );
  }
  checkUsable(account);
  return account;
}
