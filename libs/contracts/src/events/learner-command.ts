import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { OrganisationId } from './fields.ts';

const LearnerId = Type.String({ minLength: 1, maxLength: 64 });

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
  'learnerId' in action ? `${organisationId}:${action.learnerId}` : organisationId;
