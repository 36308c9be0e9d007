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
  managerId,
}: UserState): WantedState {
  const state = { personId, active, userPrincipalName, userType, fields, managerId };
  return { ...state, ...(mail === undefined ? {} : { mail }), ...(removal ? { removal } : {}) };
}
