import type { Removal } from '../wanted/wanted-state.ts';

/** Answers of `checkMemberGroups` for the root group, both read just now. Undefined: no answer. */
export interface MembershipCheck {
  /** Is the person a member, directly or through nested groups? */
  readonly person: boolean | undefined;
  /** Is somebody a member who must be one? Shows that the question itself is answered rightly. */
  readonly knownMember: boolean | undefined;
  /**
   * Where the group is there and nobody known is in it any more: for how long the answer has been no for the person, and
   * how long it has to be. Undefined elsewhere.
   */
  readonly inEmptyGroup?: { readonly forMs: number; readonly minimumMs: number } | undefined;
}

/**
 * The proof that a person left the group: the directory says no for them while it says yes for a known member. Of a group
 * that is there and in which nobody is left there is no such member: then it is two answers far enough apart.
 * Undefined means not proven, and then nothing happens: absence from a list is never proof.
 */
export function proveLeft({ person, knownMember, inEmptyGroup }: MembershipCheck): Removal | undefined {
  if (person !== false) return undefined;
  if (knownMember === true) {
    return {
      cause: 'left',
      proof: 'checkMemberGroups said no for the person and yes for a known member of the group',
    };
  }
  if (knownMember !== undefined || !inEmptyGroup || inEmptyGroup.forMs < inEmptyGroup.minimumMs) return undefined;
  const minutes = Math.round(inEmptyGroup.forMs / 60_000);
  return {
    cause: 'left',
    proof: `checkMemberGroups said no for the person twice, ${minutes} minutes apart; the group is there, and nobody known is in it`,
  };
}
