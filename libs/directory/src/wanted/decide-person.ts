import type { DirectoryPerson } from '../mapping/learner-fields.ts';
import { hashOf, removedState, type WantedState, wantedState } from './wanted-state.ts';

/** What is known of a person before this reading: their applied state (full runs) or the last emitted one (delta). */
export interface KnownState {
  readonly hash: string;
  readonly active: boolean;
}

/** What becomes of a person who is in the group, after a fresh read. */
export type Decision =
  | { readonly kind: 'emit'; readonly state: WantedState; readonly hash: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'skip'; readonly reason: 'disabled' };

/**
 * Decides about a person of the group. An account that is disabled in Entra becomes no learner; where it is one already,
 * the reading itself (`accountEnabled: false`) is the proof that deactivates it.
 */
export function decidePerson(person: DirectoryPerson, known: KnownState | undefined): Decision {
  if (person.accountEnabled) return unlessKnown(wantedState(person), known);
  if (!known) return { kind: 'skip', reason: 'disabled' };
  const removal = { cause: 'disabled', proof: 'accountEnabled was read as false' } as const;
  const decision = unlessKnown(removedState(wantedState(person), removal), known);
  // Whoever is inactive already stays so; a renamed leaver needs no event.
  return decision.kind === 'emit' && !known.active ? { kind: 'skip', reason: 'disabled' } : decision;
}

function unlessKnown(state: WantedState, known: KnownState | undefined): Decision {
  const hash = hashOf(state);
  return known?.hash === hash ? { kind: 'unchanged' } : { kind: 'emit', state, hash };
}
