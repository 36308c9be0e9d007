import type { UserState } from '@learnamp/contracts';
import type { WantedState } from '@learnamp/directory';

/** The wanted state that an event carries, or that was applied from one. */
export function wantedOf({
  personId,
  active,
  removal,
  userPrincipalName,
  userType,
  mail,
  employeeId,
  fields,
  customFields,
  fieldRules,
  managerId,
}: Omit<UserState, 'organisationId' | 'source' | 'version' | 'runId' | 'hash'>): WantedState {
  return {
    ...{ personId, active, userPrincipalName, userType, fields },
    ...(managerId === undefined ? {} : { managerId }),
    ...(removal ? { removal } : {}),
    ...(mail === undefined ? {} : { mail }),
    ...(employeeId === undefined ? {} : { employeeId }),
    ...(customFields ? { customFields } : {}),
    ...(fieldRules ? { fieldRules } : {}),
  };
}
