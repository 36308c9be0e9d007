import {
  detailTroubles,
  type ExplainedField,
  explainFields,
  managerOf,
  managerTroubles,
  teamOf,
  teamTroubles,
} from './details.ts';
import { type Facts, personNamed, type Trouble } from './facts.ts';
import { matchOf, pathOf, type PathStep, setupTroubles, signInTroubles, userTroubles } from './standing.ts';

/** All that can be said of one person, and the cause of everything that is not as expected. */
export interface Explanation {
  readonly personId: string | null;
  /** The learner who they are; null where they are none. */
  readonly learnerId: string | null;
  readonly name: string;
  /** By which groups they are in, from the organisation's own. */
  readonly path: readonly PathStep[] | null;
  /** As it was read freshly; null where it wasn't. */
  readonly enabled: boolean | null;
  readonly active: boolean;
  readonly match: string;
  readonly fields: readonly ExplainedField[];
  readonly manager: string;
  readonly team: string;
  readonly lastChange: { readonly at: Date; readonly action: string; readonly runId: string } | null;
  readonly nextChance: { readonly changes: Date | null; readonly full: Date } | null;
  readonly canSignIn: boolean;
  /** When the directory was asked about them, where it was. */
  readonly readAt: Date | null;
  readonly troubles: readonly Trouble[];
}

/** Explains what the facts say. Pure. */
export function explain(facts: Facts): Explanation {
  const { learner, lastChange, inspection, personId } = facts;
  const signIn = signInTroubles(facts);
  return {
    personId,
    learnerId: learner?._id ?? null,
    name: personNamed(facts),
    path: pathOf(facts),
    enabled: inspection?.person?.accountEnabled ?? null,
    active: learner?.active ?? false,
    match: matchOf(facts),
    fields: explainFields(facts),
    manager: managerOf(facts),
    team: teamOf(facts),
    lastChange: lastChange && { at: lastChange.at, action: lastChange.action, runId: lastChange.runId },
    nextChance: nextChanceOf(facts),
    canSignIn: signIn.length === 0,
    readAt: inspection?.at ?? null,
    troubles: [
      ...setupTroubles(facts),
      ...userTroubles(facts),
      ...signIn,
      ...detailTroubles(facts),
      ...managerTroubles(facts),
      ...teamTroubles(facts),
    ],
  };
}

/** When the next runs look at them by themselves; what is over already is due now. */
function nextChanceOf({ work, now }: Facts): Explanation['nextChance'] {
  if (!work) return null;
  const notBefore = (at: Date) => new Date(Math.max(at.getTime(), work.pausedUntil.getTime(), now.getTime()));
  return { changes: work.nextDeltaAt && notBefore(work.nextDeltaAt), full: notBefore(work.nextFullAt) };
}
