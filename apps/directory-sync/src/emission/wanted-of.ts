import type { UserState } from '@learnamp/contracts';
import type { WantedState } from '@learnamp/directory';

/** The wanted state that an event carries. */
export function wantedOf({
  personId,
  active,
  removal,
  userPrincipalName,
  userType,
  mail,
  fields,
  customFields,
  fieldRules,
  managerId,
}: UserState): WantedState {
  return {
    ...{ personId, active, userPrincipalName, userType, fields },
    ...(managerId === undefined ? {} : { managerId }),
    ...(removal ? { removal } : {}),
    ...(mail === undefined ? {} : { mail }),
    ...(customFields ? { customFields } : {}),
    ...(fieldRules ? { fieldRules } : {}),
  };
}
