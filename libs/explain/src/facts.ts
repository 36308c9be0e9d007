import type { GroupTree } from '@learnamp/directory';
import type {
  ConflictDocument,
  LearnerDocument,
  ProvisioningLogDocument,
  RunDocument,
  TeamDocument,
} from '@learnamp/learners';
import type { OpenSettings } from '@learnamp/organisations';
import type { HeldSet, Inspection, PersonRecord, WorkRecord } from '@learnamp/sync-state';

/** Everything that is known of one person of an organisation, as it is stored, and a fresh reading where there is one. */
export interface Facts {
  readonly organisation: OpenSettings;
  /** As it was asked: an object id, a user principal name or an address. */
  readonly who: string;
  readonly now: Date;
  readonly personId: string | null;
  readonly learner: LearnerDocument | null;
  /** A learner of that name who is linked to another object id, or to none. */
  readonly namesake: LearnerDocument | null;
  /** The person's row of the conflict inbox, as long as it is open, and the learners whom it asks about. */
  readonly conflict: ConflictDocument | null;
  readonly candidates: readonly LearnerDocument[];
  readonly record: PersonRecord | null;
  /** The groups of the organisation; of people it has this one alone. */
  readonly tree: GroupTree;
  readonly groupNames: ReadonlyMap<string, string>;
  /** The learner whom the directory names as manager, whatever they are by now. */
  readonly manager: LearnerDocument | null;
  /** The chain of managers from this learner, where it comes back to them; else empty. */
  readonly circle: readonly LearnerDocument[];
  readonly team: (TeamDocument & { readonly parentName: string | null }) | null;
  readonly heldSet: HeldSet | null;
  readonly lastChange: ProvisioningLogDocument | null;
  /** The newest run that has ended, and the newest full one. */
  readonly lastRuns: readonly RunDocument[];
  readonly work: Pick<WorkRecord, 'nextDeltaAt' | 'nextFullAt' | 'pausedUntil'> | null;
  readonly inspection: Inspection | null;
}

/** One thing that is not as an administrator expects, and why. */
export interface Trouble {
  /** What they would say: users don't sync, nobody can sign in, details don't follow, … */
  readonly about: 'users' | 'sign-in' | 'details' | 'managers' | 'teams' | 'setup';
  /** One sentence that names the group, permission, field or person. */
  readonly cause: string;
}

/** A group in a sentence: its name where it is known, and its id. */
export function groupNamed({ groupNames, inspection }: Facts, groupId: string): string {
  const read = [inspection?.root, ...(inspection?.groups ?? [])].find((group) => group?.id === groupId);
  const name = read?.displayName ?? groupNames.get(groupId);
  return name ? `the group ${name} (${groupId})` : `the group ${groupId}`;
}

/** The person in a sentence. */
export function personNamed({ who, learner, record, inspection }: Facts): string {
  const state = record?.emitted?.state ?? record?.proposal?.state;
  const name = inspection?.person?.displayName ?? learner?.fields.displayName ?? state?.fields.displayName;
  const address =
    inspection?.person?.userPrincipalName ??
    (learner?.sources.microsoft?.userPrincipalName || state?.userPrincipalName);
  if (!name) return address ?? who;
  return address ? `${name} (${address})` : name;
}

/** A learner in a sentence. */
export const learnerNamed = ({ _id, fields, sources }: LearnerDocument): string => {
  const address = sources.microsoft?.userPrincipalName || fields.email;
  return [fields.displayName ?? _id, ...(address ? [`(${address})`] : [])].join(' ');
};

/** Whether what is shown of a learner was said by hand: they are active, and not by the directory. */
export const isByHand = ({ learner }: Facts): boolean =>
  learner?.active === true && learner.sources.microsoft?.active !== true && learner.sources.manual?.active === true;
