import type { FastifyRequest } from 'fastify';
import type { Parameters } from '../request/parameters.ts';
import { required } from '../request/parameters.ts';
import { sessionCookie } from '../sessions/session-cookie.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { accountNamed, idOf, isSame, signedInAccount, type Account } from '../sign-in/accounts.ts';
import { resolveAuthority, type Authority } from '../tenants/authority.ts';
import { checkAudience, clientAt } from '../tenants/clients.ts';
import type { Tenants } from '../tenants/tenants.ts';
import type { Application, Registration } from '../ports.ts';
import type { Standing } from './next-step.ts';
import { replyAddressOf, type ReplyAddress } from './reply-address.ts';

export type TenantRoute = { Params: { tenant: string } };

/** A request that can be answered, whatever the answer is. */
export interface Located {
  readonly authority: Authority;
  readonly path: string;
  readonly parameters: Parameters;
  readonly registration: Registration;
  readonly application: Application;
  readonly address: ReplyAddress;
  readonly session: Session | undefined;
}

/**
 * Finds tenant, application and reply address.
 * @throws EntraError what is shown on a page, since there is no address yet that may be trusted with it.
 */
export function locate(
  { tenants, sessions }: { readonly tenants: Tenants; readonly sessions: Sessions },
  request: FastifyRequest<TenantRoute>,
  path: string,
  parameters: Parameters,
): Located {
  const authority = resolveAuthority(tenants, request.params.tenant);
  const registration = clientAt(tenants, authority, required(parameters, 'client_id'));
  const { application } = registration;
  checkAudience(authority, application);
  const address = replyAddressOf(application, parameters);
  const session = sessions.find(sessionCookie(request));
  return { authority, path, parameters, registration, application, address, session };
}

/** Where and as whom the browser is signed in, if that is whom the application hints at. */
export function standingOf(tenants: Tenants, { authority, parameters, session }: Located): Standing | undefined {
  const account = signedInAccount(tenants, session);
  if (session === undefined || account === undefined) return undefined;
  const hint = parameters.get('login_hint');
  if (hint !== undefined && !isHinted(tenants, authority, hint, account)) return undefined;
  if (authority.kind === 'tenant') return { directory: authority.directory, account, mfa: session.mfa };
  // At an endpoint that tenants share people come in by their own tenant, which that of a guest is not.
  return account.user.userType === 'Guest' ? undefined : { directory: account.directory, account, mfa: session.mfa };
}

function isHinted(tenants: Tenants, authority: Authority, hint: string, account: Account): boolean {
  const hinted = accountNamed(tenants, authority, hint);
  return hinted !== undefined && isSame(idOf(hinted), idOf(account));
}
