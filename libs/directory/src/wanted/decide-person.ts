import type { DirectoryPerson } from '../mapping/learner-fields.ts';
import type { MappedPerson } from '../mapping/map-fields.ts';
import { hashOf, removedState, type WantedState, wantedState } from './wanted-state.ts';

/** What is known of a person before this reading: their applied state (full runs) or the last emitted one (delta). */
export interface KnownState {
  readonly hash: string;
  readonly active: boolean;
}

/** What provisioning may do by itself. */
export interface Switches {
  /** Make learners of people who come into the group, or active again of those who come back. */
  readonly create: boolean;
  /** Follow the details of learners. */
  readonly update: boolean;
  /** Deactivate learners who left, were deleted or were disabled. */
  readonly deactivate: boolean;
}

/** What becomes of a person who is in the group, after a fresh read. */
export type Decision =
  /** Nobody's learner yet, or an inactive one. */
  | { readonly kind: 'addition'; readonly state: WantedState }
  | { readonly kind: 'update'; readonly state: WantedState; readonly hash: string }
  | { readonly kind: 'removal'; readonly state: WantedState }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'skip'; readonly reason: 'disabled' | 'switched off' };

/**
 * Decides about a person of the group. An account that is disabled in Entra becomes no learner; where it is one already,
 * the reading itself (`accountEnabled: false`) is the proof that deactivates it.
 */
export function decidePerson(
  person: DirectoryPerson,
  mapped: MappedPerson,
  known: KnownState | undefined,
  switches: Switches,
): Decision {
  const wanted = wantedState(person, mapped);
  const decision = person.accountEnabled ? decideEnabled(wanted, known) : decideDisabled(wanted, known);
  const { create, update, deactivate } = switches;
  const allowed = { addition: create, update, removal: deactivate, unchanged: true, skip: true };
  return allowed[decision.kind] ? decision : { kind: 'skip', reason: 'switched off' };
}

function decideEnabled(state: WantedState, known: KnownState | undefined): Decision {
  if (!known?.active) return { kind: 'addition', state };
  const hash = hashOf(state);
  return known.hash === hash ? { kind: 'unchanged' } : { kind: 'update', state, hash };
}

/** Whoever is inactive already stays so; a renamed leaver needs no event. */
function decideDisabled(wanted: WantedState, known: KnownState | undefined): Decision {
  if (!known?.active) return { kind: 'skip', reason: 'disabled' };
  const removal = { cause: 'disabled', proof: 'accountEnabled was read as false' } as const;
  return { kind: 'removal', state: removedState(wanted, removal) };
}
