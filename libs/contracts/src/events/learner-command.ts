import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId } from './fields.ts';
import { CustomFieldsSchema, LearnerFieldsSchema } from './user-state.ts';

const LearnerId = Type.String({ minLength: 1, maxLength: 64 });
const TeamId = Type.String({ minLength: 1, maxLength: 64 });

const LearnerActionSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('send-invitations'),
    /** Whose held invitations are to be sent; absent: all that are held. */
    learnerIds: Type.Optional(Type.Array(LearnerId, { minItems: 1, maxItems: 1000 })),
  }),
  /** One invitation by hand, once more: its fate is unknown, the mail server refused it, or its link is too old. */
  Type.Object({ kind: Type.Literal('resend-invitation'), learnerId: LearnerId }),
  /** The learner has come, by an invitation's link or without one: nobody is to invite them any more. */
  Type.Object({ kind: Type.Literal('accept-invitation'), learnerId: LearnerId }),
  /** Somebody wants to choose a new password: a link goes to the learner of that address, if there is one. */
  Type.Object({ kind: Type.Literal('send-password-link'), email: Type.String({ minLength: 1, maxLength: 320 }) }),
  /** An administrator wants to see what notices of a kind look like, and whether they arrive: one goes to them. */
  Type.Object({
    kind: Type.Literal('send-test-notice'),
    notice: Type.Union([
      Type.Literal('failure'),
      Type.Literal('approval'),
      Type.Literal('expiry'),
      Type.Literal('summary'),
    ]),
    learnerId: LearnerId,
  }),
  /** What is known of a learner by hand: the state of the source `manual`, whole but for what it keeps. */
  Type.Object({
    kind: Type.Literal('import'),
    /** Whose; absent: the learner's by hand with this employee id or one of these addresses, else a new one's. */
    learnerId: Type.Optional(LearnerId),
    active: Type.Boolean(),
    employeeId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** Where it isn't the email: the name by which the directory is going to know the person. */
    userPrincipalName: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    fields: LearnerFieldsSchema,
    customFields: Type.Optional(CustomFieldsSchema),
    /**
     * What was not asked about, such as a column that a list doesn't have: it stays as it was said before. Standard fields,
     * `employeeId`, `userPrincipalName`, `active`, and `customFields`, those that the import doesn't name.
     */
    keeps: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Za-z]{1,40}$' }), { maxItems: 20 })),
  }),
  /** An answer to a row of the conflict inbox. */
  Type.Object({
    kind: Type.Literal('resolve-conflict'),
    personId: ObjectId,
    answer: Type.Union([
      /** The person is the learner of `learnerId`, one of the candidates. */
      Type.Literal('link'),
      /** The person is somebody else and gets a learner of their own. */
      Type.Literal('create'),
      /** The person is not to be a learner, as long as the question stays the same. */
      Type.Literal('ignore'),
    ]),
    learnerId: Type.Optional(LearnerId),
  }),
  /** The person whom the directory knows isn't this learner. */
  Type.Object({ kind: Type.Literal('unlink'), learnerId: LearnerId }),
  /** Makes a learner active by hand, who has a manual source then. */
  Type.Object({ kind: Type.Literal('reactivate'), learnerId: LearnerId }),
  /** Null: a team at the top. */
  Type.Object({
    kind: Type.Literal('set-team-parent'),
    teamId: TeamId,
    parentId: Type.Union([TeamId, Type.Null()]),
  }),
  /** Whether a department that seems to have another name now has it: `to`, of its people of late, for `from`. */
  Type.Object({
    kind: Type.Literal('answer-rename'),
    from: TeamId,
    to: TeamId,
    answer: Type.Union([Type.Literal('accept'), Type.Literal('dismiss')]),
  }),
  Type.Object({ kind: Type.Literal('add-membership'), learnerId: LearnerId, teamId: TeamId }),
  /** Of a membership that was made by hand. */
  Type.Object({ kind: Type.Literal('remove-membership'), learnerId: LearnerId, teamId: TeamId }),
  /** A photo that a learner gives themselves; the bytes say what it is. Under 700 kB before encoding. */
  Type.Object({
    kind: Type.Literal('set-own-photo'),
    learnerId: LearnerId,
    base64: Type.String({ minLength: 1, maxLength: 960_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
  }),
  Type.Object({ kind: Type.Literal('remove-own-photo'), learnerId: LearnerId }),
  /**
   * Whatever is kept of somebody goes from every service's store, and nothing that comes late brings it back. Nothing in it
   * says who it was: the command stays in the topic for as long as any, so that a database which is restored forgets again.
   */
  Type.Object({
    kind: Type.Literal('erase'),
    /** Absent of somebody who never was a learner. */
    learnerId: Type.Optional(LearnerId),
    /** Those whom the directory knows them as: `learnerIdOf` their object ids. */
    people: Type.Array(LearnerId, { maxItems: 50 }),
    /** `nameHash` of their addresses and employee ids, by which lists of people name them. */
    names: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { maxItems: 100 }),
  }),
  /** Who was erased may come again, by what is said of them from now on. */
  Type.Object({ kind: Type.Literal('lift-erasure'), people: Type.Array(LearnerId, { minItems: 1, maxItems: 50 }) }),
  /** What is applied counts as unknown, so that the next full run says everything anew; nothing else changes by it. */
  Type.Object({ kind: Type.Literal('clear-applied') }),
]);

/** What is to be done, told apart by `kind`. */
export type LearnerAction = Static<typeof LearnerActionSchema>;

const LearnerCommandSchema = Type.Object({
  /** Chosen by whoever asks; the outcome is stored under it. */
  commandId: Type.String({ minLength: 1, maxLength: 64 }),
  organisationId: OrganisationId,
  /** Who asked: a learner id, or the name of a command. */
  requestedBy: Type.String({ minLength: 1, maxLength: 128 }),
  action: LearnerActionSchema,
});

/** Somebody wants something changed of learners, whose only writer is profile-writer. */
export type LearnerCommand = Static<typeof LearnerCommandSchema>;

export const learnerCommand = {
  type: 'com.learnamp.learner.command.v1',
  topic: topics.learnerCommands.name,
  schema: LearnerCommandSchema,
} as const;

/** The organisation alone where a command is about several learners. */
export const learnerCommandKey = ({ organisationId, action }: Pick<LearnerCommand, 'organisationId' | 'action'>) =>
  'learnerId' in action && action.learnerId ? `${organisationId}:${action.learnerId}` : organisationId;
