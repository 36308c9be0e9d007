import type { Removal } from '../wanted/wanted-state.ts';

/** Answers of `checkMemberGroups` for the root group, both read just now. Undefined: no answer. */
export interface MembershipCheck {
  /** Is the person a member, directly or through nested groups? */
  readonly person: boolean | undefined;
  /** Is somebody a member who must be one? Shows that the question itself is answered rightly. */
  readonly knownMember: boolean | undefined;
}

/**
 * The proof that a person left the group: the directory says no for them while it says yes for a known member.
 * Undefined means not proven, and then nothing happens: absence from a list is never proof.
 */
export function proveLeft({ person, knownMember }: MembershipCheck): Removal | undefined {
  if (person !== false || knownMember !== true) return undefined;
  return {
    cause: 'left',
    proof: 'checkMemberGroups said no for the person and yes for a known member of the group',
  };
}
