import type { ConditionalAccessPolicy, SignInPolicies } from '../entra/sign-in-policies.ts';
import type { ServicePrincipalEntry } from './directory-file.ts';
import {
  checkArray,
  checkBoolean,
  checkGuid,
  checkOneOf,
  checkProperties,
  checkText,
  checkTexts,
  fail,
} from './file-checks.ts';

/** How applications stand in the tenant of a file. `ids` are those of its users and groups. */
export function checkServicePrincipals(value: unknown, ids: ReadonlySet<string>): ServicePrincipalEntry[] {
  const principals = checkArray('servicePrincipals', value).map((entry, index) => {
    const path = `servicePrincipals[${index}]`;
    const principal = checkProperties(path, entry, {
      appId: checkGuid,
      displayName: checkText,
      appOwnerOrganizationId: checkGuid,
      accountEnabled: checkBoolean,
      appRoleAssignmentRequired: checkBoolean,
      assignedTo: checkGuids,
      appRoles: checkTexts,
      scopes: checkTexts,
    });
    const stranger = (principal.assignedTo ?? []).find((id) => !ids.has(id));
    if (stranger !== undefined) throw fail(`${path}.assignedTo`, `names no user or group of the file: ${stranger}`);
    return {
      ...principal,
      appId: checkGuid(`${path}.appId`, principal.appId),
      displayName: checkText(`${path}.displayName`, principal.displayName),
    };
  });
  if (new Set(principals.map(({ appId }) => appId)).size < principals.length) {
    throw fail('servicePrincipals', 'must not repeat an appId');
  }
  return principals;
}

/** What the administrators have decided about signing in. */
export function checkSignInPolicies(path: string, value: unknown): SignInPolicies {
  return checkProperties(path, value, {
    userConsent: checkBoolean,
    adminConsentRequests: checkBoolean,
    blockInboundGuests: checkBoolean,
    blockOutboundGuests: checkBoolean,
    conditionalAccess: (list, policies) =>
      checkArray(list, policies).map((policy, index) => checkPolicy(`${list}[${index}]`, policy)),
    lockedUsers: checkGuids,
    usersWithoutMfa: checkGuids,
  });
}

function checkPolicy(path: string, value: unknown): ConditionalAccessPolicy {
  const { includeUsers, includeApplications, control } = checkProperties(path, value, {
    includeUsers: checkTargets,
    includeApplications: checkTargets,
    control: checkControl,
  });
  return {
    includeUsers: checkTargets(`${path}.includeUsers`, includeUsers),
    includeApplications: checkTargets(`${path}.includeApplications`, includeApplications),
    control: checkControl(`${path}.control`, control),
  };
}

function checkControl(path: string, value: unknown): ConditionalAccessPolicy['control'] {
  return checkOneOf(path, value, ['block', 'mfa']);
}

function checkTargets(path: string, value: unknown): string[] {
  return checkArray(path, value).map((target, index) =>
    target === 'All' ? target : checkGuid(`${path}[${index}]`, target),
  );
}

function checkGuids(path: string, value: unknown): string[] {
  return checkArray(path, value).map((id, index) => checkGuid(`${path}[${index}]`, id));
}
