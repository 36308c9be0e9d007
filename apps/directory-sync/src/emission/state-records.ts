import {
  encodeEvent,
  type EncodedEvent,
  type EventContext,
  type Proposal,
  proposal,
  proposalKey,
  type UserState,
  userState,
  userStateKey,
} from '@learnamp/contracts';

/** How a decided state becomes a record: of the topic whose states are applied, or, in a preview, of the proposals. */
export type StateRecord = (state: UserState, about: Omit<EventContext, 'key'>) => EncodedEvent;

export const recordToApply: StateRecord = (state, about) =>
  encodeEvent(userState, state, { ...about, key: userStateKey(state) });

export const recordToPlan: StateRecord = (state, about) => proposalRecord({ state, standing: 'emitted' }, about);

export const proposalRecord = (said: Proposal, about: Omit<EventContext, 'key'>): EncodedEvent =>
  encodeEvent(proposal, said, { ...about, key: proposalKey(said) });
