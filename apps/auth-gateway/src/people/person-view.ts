import Type, { type Static } from 'typebox';
import { OpenState } from '../invitations/invitation-state.ts';
import { OpenSessionView } from '../sessions/session-list.ts';
import { Source } from './person-row.ts';

const Text = Type.String();
const Moment = Type.String({ format: 'date-time' });
const TextOrNull = Type.Union([Text, Type.Null()]);
const MomentOrNull = Type.Union([Moment, Type.Null()]);

/** A field of a learner, and who said what it shows. */
export const ShownField = Type.Object({
  /** A standard field, or `customFields.` and an id. */
  field: Text,
  value: TextOrNull,
  from: Type.Union([Type.Literal('microsoft'), Type.Literal('manual'), Type.Literal('nobody')]),
});
export type ShownField = Static<typeof ShownField>;

const Team = Type.Object({ id: Text, name: Text });
export const TeamOfPerson = Type.Object({
  ...Team.properties,
  origin: Type.Union([Type.Literal('department'), Type.Literal('manual')]),
});
export type TeamOfPerson = Static<typeof TeamOfPerson>;

export const ManagerOfPerson = Type.Object({
  /** Null, as their name is, until that person is a learner too. */
  learnerId: TextOrNull,
  personId: Text,
  name: TextOrNull,
  active: Type.Union([Type.Boolean(), Type.Null()]),
});
export type ManagerOfPerson = Static<typeof ManagerOfPerson>;

export const InvitationOfPerson = Type.Object({
  ...{ state: OpenState, stateInWords: Text, address: TextOrNull, reason: TextOrNull },
  /** When it was sent; of one that was not, when it was made. */
  at: MomentOrNull,
});
export type InvitationOfPerson = Static<typeof InvitationOfPerson>;

/** Why somebody is not active, in words, and since when. */
export const RemovalOfPerson = Type.Object({ cause: Text, at: MomentOrNull });
export type RemovalOfPerson = Static<typeof RemovalOfPerson>;

/** Everything that an administrator is shown of one person. */
export const PersonView = Type.Object({
  ...{ learnerId: Text, name: Text, active: Type.Boolean(), email: TextOrNull, userPrincipalName: TextOrNull },
  /** The object id of the person in the directory. */
  personId: TextOrNull,
  source: Source,
  photo: Type.Union([Type.Literal('directory'), Type.Literal('own'), Type.Null()]),
  createdAt: Moment,
  joinedAt: MomentOrNull,
  role: Type.Union([Type.Literal('Owner'), Type.Literal('Admin'), Type.Literal('Learner')]),
  /** Active although the directory says otherwise, because there is no other active Owner. */
  isKeptAsLastOwner: Type.Boolean(),
  team: Type.Union([Team, Type.Null()]),
  teams: Type.Array(TeamOfPerson),
  manager: Type.Union([ManagerOfPerson, Type.Null()]),
  /** How many active learners have them as manager. */
  reports: Type.Integer({ minimum: 0 }),
  fields: Type.Array(ShownField),
  invitation: Type.Union([InvitationOfPerson, Type.Null()]),
  removal: Type.Union([RemovalOfPerson, Type.Null()]),
  /** Browsers in which they are signed in, the newest first. */
  sessions: Type.Array(OpenSessionView),
  /** The latest with Microsoft, of the last week. */
  signIns: Type.Array(Type.Object({ reference: Text, at: Moment, refusal: TextOrNull })),
  /** Whom of the directory they were linked to before. */
  formerLinks: Type.Array(
    Type.Object({ userPrincipalName: Text, ended: Type.Union([Type.Literal('replaced'), Type.Literal('unlinked')]) }),
  ),
});
export type PersonView = Static<typeof PersonView>;
