import { createHash } from 'node:crypto';
import { type DirectoryPerson, mapFields, type MappedFields } from '../mapping/learner-fields.ts';

/** Why a person is to be inactive, and what was read that shows it. */
export interface Removal {
  readonly cause: 'left' | 'deleted' | 'disabled';
  readonly proof: string;
  /** Who approved it, where somebody had to. */
  readonly approvedBy?: string;
}

/** Everything wanted of one person: what an event carries, without its version. */
export interface WantedState {
  readonly personId: string;
  readonly active: boolean;
  readonly removal?: Removal;
  readonly userPrincipalName: string;
  readonly userType: 'Member' | 'Guest';
  readonly fields: MappedFields;
  readonly managerId: string | null;
}

/** The state wanted of a person who is in the group and whose account is enabled. */
export function wantedState(person: DirectoryPerson): WantedState {
  return {
    personId: person.id,
    active: true,
    userPrincipalName: person.userPrincipalName,
    userType: person.userType?.toLowerCase() === 'guest' ? 'Guest' : 'Member',
    fields: mapFields(person),
    managerId: person.managerId,
  };
}

/** The state wanted of a person who is to be inactive: everything stays as it was last known. */
export function removedState(last: WantedState, removal: Removal): WantedState {
  return { ...last, active: false, removal };
}

/**
 * A digest of what the state says; equal states have equal hashes. The words of a proof are left out: a second proof of
 * the same cause is no change.
 */
export function hashOf(state: WantedState): string {
  const { fields } = state;
  const said = [
    state.personId,
    state.active,
    state.removal?.cause ?? null,
    state.userPrincipalName,
    state.userType,
    state.managerId,
    Object.keys(fields)
      .sort()
      .map((name) => [name, fields[name as keyof MappedFields]]),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
}
