import type { UserState } from '@learnamp/contracts';
import type { MicrosoftSource } from '@learnamp/learners';
import { noFields } from '../apply-user-states/no-fields.ts';

/** What a tombstone needs and no more: nobody's profile is kept of whom we never had an account. */
export const bareSourceOf = (state: UserState): MicrosoftSource => ({
  personId: state.personId,
  version: state.version,
  hash: state.hash,
  active: state.active,
  removal: state.removal ?? null,
  userPrincipalName: '',
  userType: state.userType,
  fields: noFields,
  managerId: null,
});
