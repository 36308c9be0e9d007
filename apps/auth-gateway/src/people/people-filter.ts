import type { InvitationDocument, LearnerDocument } from '@learnamp/learners';
import type { Model, QueryFilter } from 'mongoose';

/** Which of an organisation's people are looked at. */
export type Show = 'all' | 'in-group' | 'active' | 'deactivated' | 'to-invite';

export interface PeopleAsked {
  readonly show: Show;
  /** How a word of a name, an email or a user principal name begins. */
  readonly q?: string;
}

export interface PeopleFilterDeps {
  readonly invitations: Model<InvitationDocument>;
}

type Filter = QueryFilter<LearnerDocument>;

/** A leaver of whom only a version is kept is nobody's learner. */
const isThere: Filter = { tombstone: { $ne: true } };

export async function peopleFilter(
  { invitations }: PeopleFilterDeps,
  organisationId: string,
  { show, q }: PeopleAsked,
): Promise<Filter> {
  const some = show === 'to-invite' ? { _id: { $in: await heldIds(invitations, organisationId) } } : shown[show];
  return { organisationId, ...isThere, ...some, ...(q === undefined ? {} : { $or: wordsLike(q) }) };
}

const shown: Readonly<Record<Exclude<Show, 'to-invite'>, Filter>> = {
  all: {},
  'in-group': { 'sources.microsoft.active': true },
  active: { active: true },
  deactivated: { active: false },
};

async function heldIds(invitations: Model<InvitationDocument>, organisationId: string): Promise<string[]> {
  const held = await invitations.find({ organisationId, state: 'held' }, '_id').lean<{ readonly _id: string }[]>();
  return held.map(({ _id }) => _id);
}

/** The beginning of any word, whatever its capitals; what is asked for is text and no pattern. */
function wordsLike(q: string): Filter[] {
  const literally = q.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A word begins where no letter and no digit is before it: also after a hyphen, a point or an @. Looking back, and not for
  // what is before, lets MongoDB go straight to where the first letter is.
  const beginning = { $regex: `(?<![\\p{L}\\p{N}])${literally}`, $options: 'i' };
  return [
    { 'fields.displayName': beginning },
    { 'fields.email': beginning },
    { 'sources.microsoft.userPrincipalName': beginning },
    // Whoever has no name of their own is called by these.
    { 'fields.displayName': null, $or: [{ 'fields.firstName': beginning }, { 'fields.lastName': beginning }] },
  ];
}
