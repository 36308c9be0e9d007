import type { UserState } from '@learnamp/contracts';
import { type ConflictDocument, type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import type { DecidePlace, Place } from './decide-place.ts';
import { findPeople, type FindPeopleDeps } from './find-people.ts';
import { isFreshLink, linkLearner } from './link-learner.ts';
import { keysOfState } from './match-keys.ts';

export interface PlaceStatesDeps extends FindPeopleDeps {
  readonly decidePlace: DecidePlace;
}

/** A state and the learner it is about, as stored before; nothing is stored of a new one. */
export interface PlacedState {
  readonly state: UserState;
  readonly learnerId: string;
  readonly stored: LearnerDocument | undefined;
}

/** A state of somebody for whom there is a question, and their row of the inbox as it was before. */
export interface WaitingState {
  readonly state: UserState;
  readonly question: Extract<Place, { kind: 'conflict' }>;
  readonly row: ConflictDocument | undefined;
}

export interface Placement {
  readonly placed: readonly PlacedState[];
  readonly waiting: readonly WaitingState[];
  /** States of people who are nobody's learner, and stay so. */
  readonly nobodys: readonly UserState[];
  /** To be asked about again when these are applied: they may be about the same learner. */
  readonly later: readonly UserState[];
}

/** Finds out whose each state is. Learners that are found to be the person of a state are linked to them here. */
export async function placeStates(deps: PlaceStatesDeps, states: readonly UserState[]): Promise<Placement> {
  const found = await findPeople(deps, states);
  const placement = { placed: [], waiting: [], nobodys: [], later: [] } as {
    -readonly [Part in keyof Placement]: Placement[Part][number][];
  };
  const claimed = claimedKeys(states, (state) => found.isLearner(state));
  for (const state of states) {
    const row = found.rowOf(state);
    // Something newer is known of this person, and it waits.
    if (row && row.said.version > state.version) continue;
    const place = deps.decidePlace(state, found.of(state));
    if (isNewcomer(place) && state.active && !claimed.claim(state)) {
      placement.later.push(state);
    } else if (place.kind === 'conflict') {
      placement.waiting.push({ state, question: place, row });
    } else if (place.kind === 'nobody') {
      placement.nobodys.push(state);
    } else {
      const placed = await learnerOf(deps, state, place);
      if (placed) placement.placed.push(placed);
      else placement.later.push(state);
    }
  }
  return placement;
}

/** Whether somebody becomes a learner by this: anew, with an account by hand, or in the place of a tombstone of theirs. */
const isNewcomer = (place: Place): boolean =>
  place.kind === 'new' ||
  place.kind === 'link' ||
  // A fresh link is an administrator's answer: nobody is asked about them again.
  (place.kind === 'known' && place.learner.tombstone === true && !isFreshLink(place.learner));

/** Undefined where the learner to be linked has just changed. */
async function learnerOf(
  { learners }: PlaceStatesDeps,
  state: UserState,
  place: Exclude<Place, { kind: 'conflict' | 'nobody' }>,
): Promise<PlacedState | undefined> {
  if (place.kind === 'new') {
    return { state, learnerId: learnerIdOf(state.organisationId, state.source, state.personId), stored: undefined };
  }
  const stored = place.kind === 'link' ? await linkLearner(learners, place.learner, state) : place.learner;
  return stored && { state, learnerId: stored._id, stored };
}

/**
 * Keys that learners are going to have after this round. Whoever comes new with one of them is asked about when the
 * others are stored, so that two who come at once are compared with each other too.
 */
function claimedKeys(states: readonly UserState[], isKnown: (state: UserState) => boolean) {
  const keysIn = (state: UserState) => keysOfState(state).map((key) => `${state.organisationId}\n${key}`);
  const claimed = new Set(states.filter((state) => state.active && isKnown(state)).flatMap(keysIn));
  const claim = (state: UserState): boolean => {
    const keys = keysIn(state);
    if (keys.some((key) => claimed.has(key))) return false;
    for (const key of keys) claimed.add(key);
    return true;
  };
  return { claim };
}
