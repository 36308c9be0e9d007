import { EntraError } from '../errors/entra-error.ts';
import type { Application, DirectoryView, EntraUser, ServicePrincipal } from '../ports.ts';
import type { ConditionalAccessPolicy } from '../sign-in-policies.ts';
import { checkEnabled } from '../tenants/clients.ts';
import { checkUsable, userIn, type Account } from './accounts.ts';

/** Somebody who wants to use an application in a tenant. */
export interface Arrival {
  readonly directory: DirectoryView;
  readonly application: Application;
  readonly account: Account;
  /** Whether a second factor was shown in this session. */
  readonly mfa: boolean;
}

/** Who it is in that tenant, and whether a second factor is still owed. */
export interface Admission {
  readonly user: EntraUser;
  /** Undefined while the application is not installed in the tenant. */
  readonly principal: ServicePrincipal | undefined;
  readonly owesMfa: boolean;
}

/**
 * Asks everything that may keep a person out, in Entra's order: the account, the tenants' rules about guests, the
 * application, Conditional Access, assignment.
 * @throws EntraError 50020, 90072, 500212, 500213, 50057, 50053, 7000112, 53003, 50079 or 50105.
 */
export function admit(arrival: Arrival): Admission {
  const { directory, application, account, mfa } = arrival;
  checkUsable(account);
  const user = userIn(directory, account) ?? refuseStranger(arrival);
  if (directory !== account.directory) checkGuestRules(directory, account);
  checkUsable({ directory, user });
  const principal = directory.servicePrincipal(application.appId);
  if (principal !== undefined) checkEnabled(principal);
  const controls = controlsFor(directory, user.id, application.appId);
  if (controls.has('block')) throw new EntraError(53003);
  const owesMfa = controls.has('mfa') && !mfa;
  if (owesMfa && directory.policies().usersWithoutMfa?.includes(user.id) === true) throw new EntraError(50079);
  if (principal?.appRoleAssignmentRequired === true) checkAssigned(directory, principal, user);
  return { user, principal, owesMfa };
}

function refuseStranger({ directory, application, account }: Arrival): never {
  const asksForMfa = controlsFor(directory, account.user.id, application.appId).has('mfa');
  throw new EntraError(
    asksForMfa ? 90072 : 50020,
    `User account '${account.user.userPrincipalName}' from identity provider ` +
      `'https://sts.windows.net/${account.directory.tenant.id}/' does not exist in tenant ` +
      `'${directory.tenant.displayName}' and cannot access the application '${application.appId}'` +
      `(${application.displayName}) in that tenant. The account needs to be added as an external user in the tenant ` +
      `first. Sign out and sign in again with a different Azure Active Directory user account.`,
  );
}

function checkGuestRules(directory: DirectoryView, { directory: home }: Account): void {
  if (home.policies().blockOutboundGuests === true) throw new EntraError(500212);
  if (directory.policies().blockInboundGuests === true) throw new EntraError(500213);
}

function controlsFor(
  directory: DirectoryView,
  userId: string,
  appId: string,
): ReadonlySet<ConditionalAccessPolicy['control']> {
  const concerns = (targets: readonly string[], id: string) =>
    targets.some((target) => target === 'All' || target.toLowerCase() === id.toLowerCase());
  const policies = (directory.policies().conditionalAccess ?? []).filter(
    ({ includeUsers, includeApplications }) => concerns(includeUsers, userId) && concerns(includeApplications, appId),
  );
  return new Set(policies.map(({ control }) => control));
}

/** Assignment reaches the direct members of a group, not those of groups within it. */
function checkAssigned(
  directory: DirectoryView,
  { appId, displayName, assignedTo }: ServicePrincipal,
  user: EntraUser,
) {
  const direct = directory.groupsOf(user.id).filter(({ isDirect }) => isDirect);
  if ([user.id, ...direct.map(({ id }) => id)].some((id) => assignedTo.includes(id))) return;
  throw new EntraError(
    50105,
    `Your administrator has configured the application ${displayName} ('${appId}') to block users unless they are ` +
      `specifically granted ('assigned') access to the application. The signed in user '${user.userPrincipalName}' is ` +
      `blocked because they are not a direct member of a group with access, nor had access directly assigned by an ` +
      `administrator. Please contact your administrator to assign access to this application.`,
  );
}
