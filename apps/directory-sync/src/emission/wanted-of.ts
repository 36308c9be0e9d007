import type { Removal, UserState } from '@learnamp/contracts';
import type { WantedState } from '@learnamp/directory';

type Said = Omit<UserState, 'organisationId' | 'source' | 'version' | 'runId' | 'hash' | 'removal'> & {
  readonly removal?: Removal | null;
};

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
}: Said): WantedState {
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
