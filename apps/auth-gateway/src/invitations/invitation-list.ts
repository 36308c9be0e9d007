import type { InvitationDocument, InvitationState, LearnerDocument } from '@learnamp/learners';
import type { Model, QueryFilter } from 'mongoose';
import Type, { type Static } from 'typebox';
import { namesOf } from '../home/names-of.ts';
import type { ListOrder } from '../paging/cursor.ts';
import { Next, type PageQuery, readPage } from '../paging/read-page.ts';
import { OpenState, openStateOf, stateWords } from './invitation-state.ts';

/** An invitation that nobody has used, as people are shown it. */
export const InvitationView = Type.Object({
  learnerId: Type.String(),
  name: Type.String(),
  state: OpenState,
  stateInWords: Type.String(),
  address: Type.Union([Type.String(), Type.Null()]),
  /** The mail server's words, or why it waits. */
  reason: Type.Union([Type.String(), Type.Null()]),
});
export type InvitationView = Static<typeof InvitationView>;

export const InvitationList = Type.Object({
  invitations: Type.Array(InvitationView),
  next: Next,
  /** How many are held, shown or not. */
  held: Type.Integer(),
  /** How many there are, shown or not. */
  total: Type.Integer(),
});
export type InvitationList = Static<typeof InvitationList>;

/** A page of them, the oldest first; without one the first of them, what needs a hand first. */
export type ReadInvitations = (organisationId: string, page?: PageQuery) => Promise<InvitationList>;

const SHOWN = 100;

const oldestFirst: ListOrder = {
  name: 'invitations',
  keys: [
    { path: 'createdAt', direction: 1, type: 'date' },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

/** Those that an administrator may have to do with: neither used nor withdrawn. */
export function createReadInvitations(deps: {
  readonly invitations: Model<InvitationDocument>;
  readonly learners: Model<LearnerDocument>;
  readonly clock: () => Date;
}): ReadInvitations {
  const over: InvitationState[] = ['redeemed', 'withdrawn'];
  const needingAHand = async (open: QueryFilter<InvitationDocument>) => {
    const items = await deps.invitations.find(open).sort({ state: -1, createdAt: 1 }).limit(SHOWN).lean();
    return { items, next: null };
  };
  return async (organisationId, page) => {
    const open = { organisationId, state: { $nin: over } };
    const [{ items: found, next }, held, total] = await Promise.all([
      page ? readPage(deps.invitations, open, oldestFirst, page) : needingAHand(open),
      deps.invitations.countDocuments({ organisationId, state: 'held' }),
      deps.invitations.countDocuments(open),
    ]);
    const invited = found.map(({ _id }) => _id);
    const names = await namesOf(deps.learners, organisationId, invited);
    const now = deps.clock();
    return { held, total, next, invitations: found.flatMap((invitation) => viewOf(invitation, names, now)) };
  };
}

function viewOf(invitation: InvitationDocument, names: ReadonlyMap<string, string>, now: Date): InvitationView[] {
  const { _id: learnerId, address, reason } = invitation;
  const state = openStateOf(invitation, now);
  if (state === null) return [];
  const name = names.get(learnerId) ?? 'Learner';
  return [{ learnerId, name, state, stateInWords: stateWords[state], address, reason }];
}
