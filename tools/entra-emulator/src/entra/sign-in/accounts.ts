import { EntraError } from '../errors/entra-error.ts';
import type { DirectoryView, EntraUser } from '../ports.ts';
import type { Authority } from '../tenants/authority.ts';
import type { Tenants } from '../tenants/tenants.ts';
import type { Session } from '../sessions/sessions.ts';
import { accountInHint, type AccountId } from './login-hint.ts';

/** A person where they are at home. A guest whose home tenant is not here is at home where they are a guest. */
export interface Account {
  readonly directory: DirectoryView;
  readonly user: EntraUser;
}

/** What is kept of an account where the account itself may change. */
export function idOf({ directory, user }: Account): AccountId {
  return { tenantId: directory.tenant.id, userId: user.id };
}

/** The account of an id, while it is there. */
export function accountOf(tenants: Tenants, { tenantId, userId }: AccountId): Account | undefined {
  const directory = tenants.named(tenantId);
  const user = directory?.findUser(userId);
  return directory === undefined || user === undefined ? undefined : { directory, user };
}

/**
 * The account that a name means: the value of a `login_hint` claim, a user principal name, or the address of a guest of
 * the tenant. People of other tenants are found too: whether they may come in is asked later.
 */
export function accountNamed(tenants: Tenants, authority: Authority, name: string): Account | undefined {
  const text = name.trim();
  const hint = accountInHint(text);
  const hinted = hint && accountOf(tenants, hint);
  if (hinted !== undefined) return atHome(tenants, hinted);
  const here = authority.kind === 'tenant' ? authority.directory : undefined;
  const user = here?.findUser(text) ?? here?.findGuest(text);
  if (here !== undefined && user !== undefined) return atHome(tenants, { directory: here, user });
  return memberNamed(tenants, text);
}

/** The account of a guest in the home tenant, if that one is here. */
function atHome(tenants: Tenants, account: Account): Account {
  const { userType, mail } = account.user;
  return (userType === 'Guest' && mail !== undefined && memberNamed(tenants, mail)) || account;
}

function memberNamed(tenants: Tenants, userPrincipalName: string): Account | undefined {
  const directory = tenants.homeOf(userPrincipalName);
  const user = directory?.findUser(userPrincipalName);
  return directory === undefined || user?.userType !== 'Member' ? undefined : { directory, user };
}

/** The person as a tenant knows them: its own user, or its guest. */
export function userIn(directory: DirectoryView, account: Account): EntraUser | undefined {
  if (directory === account.directory) return account.user;
  const { userPrincipalName, mail } = account.user;
  return directory.findGuest(userPrincipalName) ?? (mail === undefined ? undefined : directory.findGuest(mail));
}

/** @throws EntraError 50057 for a disabled account, 50053 for a locked one. */
export function checkUsable({ directory, user }: Account): void {
  if (!user.accountEnabled) throw new EntraError(50057);
  if (directory.policies().lockedUsers?.includes(user.id) === true) throw new EntraError(50053);
}

/** Whose session it is, while the account is there, enabled, and the session not revoked. */
export function signedInAccount(tenants: Tenants, session: Session | undefined): Account | undefined {
  const account = session === undefined ? undefined : accountOf(tenants, session.account);
  if (session === undefined || account?.user.accountEnabled !== true) return undefined;
  return (account.user.sessionsValidFrom ?? 0) <= session.authenticatedAt ? account : undefined;
}

export function isSame(one: AccountId, other: AccountId): boolean {
  return one.tenantId === other.tenantId && one.userId === other.userId;
}
