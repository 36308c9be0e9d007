import type { OutgoingRecord } from '@learnamp/bus';
import { encodeEvent, formatVersion, type UserState, userState, userStateKey } from '@learnamp/contracts';
import { fieldsOf, type Person } from './company.ts';

/** What directory-sync wants of a person: an active learner. */
export const stateOf = (organisationId: string, person: Person): UserState => ({
  organisationId,
  source: 'microsoft',
  personId: person.oid,
  version: formatVersion({ epoch: 1, sequence: 1 }),
  hash: `hash-of-${person.oid}`,
  runId: 'figures',
  active: true,
  userPrincipalName: person.preferred_username,
  userType: 'Member',
  fields: fieldsOf(person),
});

/** A state as directory-sync publishes it. */
export function stateRecord(state: UserState): OutgoingRecord {
  const { organisationId } = state;
  return encodeEvent(userState, state, {
    organisationId,
    key: userStateKey(state),
    source: 'figures',
    time: new Date(),
  });
}
