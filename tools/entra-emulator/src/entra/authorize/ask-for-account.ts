import type { FastifyReply } from 'fastify';
import type { EntraError } from '../errors/entra-error.ts';
import { headline } from '../errors/error-report.ts';
import { accountPage, type PersonShown } from '../pages/account-page.ts';
import { sendPage } from '../pages/page.ts';
import type { DirectoryView, EntraUser } from '../ports.ts';
import { continuationUrl, type Continuation } from '../request/continuation.ts';
import type { Parameters } from '../request/parameters.ts';
import { accountNamed, idOf, type Account } from '../sign-in/accounts.ts';
import { accountInHint, loginHintFor } from '../sign-in/login-hint.ts';
import type { Authority } from '../tenants/authority.ts';
import type { Tenants } from '../tenants/tenants.ts';

/** What the page to choose a person is shown for. */
export interface AccountQuestion {
  readonly continuation: Continuation;
  readonly signedIn?: Account;
  readonly alert?: EntraError;
  readonly typed?: string;
}

const SHOWN = 50;

/** Shows the page to choose a person, for an administrator's consent only those who may give it. */
export function askForAccount(
  tenants: Tenants,
  authority: Authority,
  reply: FastifyReply,
  { continuation, signedIn, alert, typed }: AccountQuestion,
): FastifyReply {
  const { parameters, path } = continuation;
  const forConsent = path.endsWith('/adminconsent');
  const application = tenants.registration(parameters.get('client_id') ?? '')?.application;
  const name = application?.displayName ?? 'an application';
  const search = searchFor(tenants, authority, parameters);
  const found = peopleFor(tenants, authority, forConsent, search);
  const page = accountPage({
    heading: forConsent ? `Choose an administrator for ${name}` : `Sign in to ${name}`,
    tenantName: authority.kind === 'tenant' ? authority.directory.tenant.displayName : 'Any organisation',
    action: `/${path.split('/')[1] ?? ''}/login`,
    continuation: continuationUrl(continuation),
    page: { path, parameters },
    search,
    people: found.slice(0, SHOWN),
    more: found.length > SHOWN,
    typed: readable(tenants, authority, typed ?? parameters.get('login_hint') ?? ''),
    ...(signedIn === undefined ? {} : { signedIn: loginHintFor(idOf(signedIn)) }),
    ...(alert === undefined ? {} : { alert: headline(alert) }),
  });
  return sendPage(reply, alert?.kind.status ?? 200, page);
}

/** What was searched for; else whom the application hints at, else where they are at home. */
function searchFor(tenants: Tenants, authority: Authority, parameters: Parameters): string {
  const [search, hint, domain] = ['search', 'login_hint', 'domain_hint'].map((name) => parameters.get(name));
  if (search !== undefined) return search;
  const hinted = hint === undefined ? undefined : accountNamed(tenants, authority, hint);
  if (hinted !== undefined) return hinted.user.userPrincipalName;
  return domain !== undefined && tenants.homeOf(domain) !== undefined ? `@${domain}` : '';
}

/** An opaque hint is shown as the name that it stands for. */
function readable(tenants: Tenants, authority: Authority, typed: string): string {
  if (accountInHint(typed) === undefined) return typed;
  return accountNamed(tenants, authority, typed)?.user.userPrincipalName ?? '';
}

function peopleFor(tenants: Tenants, authority: Authority, forConsent: boolean, search: string): PersonShown[] {
  const directories = authority.kind === 'tenant' ? [authority.directory] : tenants.all;
  // Guests come in by the tenant whose guests they are, never by an endpoint that tenants share.
  const mayCome = (directory: DirectoryView, { id, userType }: EntraUser) =>
    (authority.kind === 'tenant' || userType === 'Member') && (!forConsent || directory.isAdministrator(id));
  const isPicky = forConsent || authority.kind === 'shared';
  return directories.flatMap((directory) =>
    directory
      .searchUsers(search, isPicky ? Number.MAX_SAFE_INTEGER : SHOWN + 1)
      .filter((user) => mayCome(directory, user))
      .slice(0, SHOWN + 1)
      .map((user) => ({ user, value: loginHintFor(idOf({ directory, user })) })),
  );
}
