import type { UserState } from '@learnamp/contracts';
import { addressKey, employeeKey } from '@learnamp/directory';
import type { ConflictCandidate, ConflictKind, LearnerDocument } from '@learnamp/learners';
import { isFreshLink } from './link-learner.ts';

/** Whose state it is. */
export type Place =
  /** The learner's who is linked to the person: by object id. */
  | { readonly kind: 'known'; readonly learner: LearnerDocument }
  /** Somebody's whom nobody here has heard of. */
  | { readonly kind: 'new' }
  /** A learner's who was here before the directory was: the two are one from now on. */
  | { readonly kind: 'link'; readonly learner: LearnerDocument }
  | { readonly kind: 'conflict'; readonly conflict: ConflictKind; readonly candidates: readonly ConflictCandidate[] }
  /** No learner's, and none is to be made. */
  | { readonly kind: 'nobody' };

/** What is stored that may have to do with a person. */
export interface Found {
  /** The learner, or the tombstone, that is linked to the person. */
  readonly own: LearnerDocument | undefined;
  /** The learner to whom the person was linked once. */
  readonly former: LearnerDocument | undefined;
  /** Learners with a key in common with the state. */
  readonly alike: readonly LearnerDocument[];
  /** Whether the person is, or was, in the conflict inbox. */
  readonly isInInbox: boolean;
}

export type DecidePlace = (state: UserState, found: Found) => Place;

/**
 * Decides whose a state is. By object id first. Values are compared only for an active person who is nobody's yet, and
 * decide by themselves only where there is one learner, who is active, was never linked, and of whom nothing says
 * otherwise; everything else is a question for a person. An inactive state speaks of its own object id alone.
 */
export const decidePlace: DecidePlace = (state, { own, former, alike, isInInbox }) => {
  // A tombstone to which nothing was applied is the place of a new learner, by an administrator's answer.
  if (own && (!own.tombstone || isFreshLink(own))) return { kind: 'known', learner: own };
  if (!state.active) return tombstoneOr(own, former !== undefined || isInInbox);
  const candidates = candidatesOf(state, former, alike);
  const [first, ...others] = candidates;
  if (!first) return own ? { kind: 'known', learner: own } : { kind: 'new' };
  if (others.length === 0 && isPlain(first, state)) return { kind: 'link', learner: first.learner };
  const conflict = others.length > 0 ? 'ambiguous-match' : questionAbout(first);
  return {
    kind: 'conflict',
    conflict,
    candidates: candidates.map(({ learner, by }) => ({ learnerId: learner._id, by })),
  };
};

function tombstoneOr(own: LearnerDocument | undefined, isNobody: boolean): Place {
  if (own) return { kind: 'known', learner: own };
  return isNobody ? { kind: 'nobody' } : { kind: 'new' };
}

interface Candidate {
  readonly learner: LearnerDocument;
  readonly by: ConflictCandidate['by'];
}

function candidatesOf(
  state: UserState,
  former: LearnerDocument | undefined,
  alike: readonly LearnerDocument[],
): Candidate[] {
  const all = new Map([...(former ? [former] : []), ...alike].map((learner) => [learner._id, learner]));
  return [...all.values()]
    .filter(({ tombstone }) => !tombstone)
    .map((learner) => ({
      learner,
      by: [...(learner === former ? (['objectId'] as const) : []), ...common(learner, state)],
    }))
    .filter(({ by }) => by.length > 0)
    .sort((a, b) => (a.learner._id < b.learner._id ? -1 : 1));
}

function common({ matchKeys = [] }: LearnerDocument, state: UserState): ConflictCandidate['by'] {
  const { employeeId, userPrincipalName, fields } = state;
  const hasAddress = (address: string | null) => address !== null && matchKeys.includes(addressKey(address));
  const byName = hasAddress(userPrincipalName);
  return [
    ...(employeeId !== undefined && matchKeys.includes(employeeKey(employeeId)) ? (['employeeId'] as const) : []),
    ...(byName ? (['userPrincipalName'] as const) : []),
    ...(!byName && hasAddress(fields.email) ? (['email'] as const) : []),
  ];
}

/** Whether a learner is this person without any doubt: by hand until now, and the same by all that both say. */
function isPlain({ learner, by }: Candidate, { employeeId }: UserState): boolean {
  const { active, sources, matchKeys = [] } = learner;
  const otherEmployee = !by.includes('employeeId') && employeeId !== undefined && hasEmployeeId(matchKeys);
  const isMatch = by.includes('employeeId') || by.includes('userPrincipalName');
  return active && !sources.microsoft && isMatch && !by.includes('objectId') && !otherEmployee;
}

const hasEmployeeId = (keys: readonly string[]) => keys.some((key) => key.startsWith(employeeKey('')));

function questionAbout({ learner: { active, sources }, by }: Candidate): ConflictKind {
  const isSame = by.some((what) => what !== 'email');
  if (sources.microsoft?.active) {
    return by.includes('objectId') || by.includes('employeeId') ? 'live-link-elsewhere' : 'duplicate-email';
  }
  if (!isSame) return 'duplicate-email';
  return sources.microsoft || by.includes('objectId') || !active ? 'rehire' : 'ambiguous-match';
}
