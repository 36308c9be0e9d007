import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { UserStateSchema } from './user-state.ts';

const ProposalSchema = Type.Object({
  /** The whole state that would be wanted of the person, with the preview's run; a removal with its cause and proof. */
  state: UserStateSchema,
  /** What would become of it in a full run. */
  standing: Type.Union([
    /** It would be emitted, and applied. */
    Type.Literal('emitted'),
    /** Too many change at once: it would wait for approval. */
    Type.Literal('held'),
    /** One reading isn't proof enough: another one, minutes later, decides. */
    Type.Literal('unconfirmed'),
  ]),
  /** Why it would be held, or what it would wait for. */
  reason: Type.Optional(Type.String({ maxLength: 512 })),
});

/** What a preview would do to one person, to be planned and not applied. */
export type Proposal = Static<typeof ProposalSchema>;

export const proposal = {
  type: 'com.learnamp.directory.proposal.v1',
  topic: topics.directoryProposals.name,
  schema: ProposalSchema,
} as const;

export const proposalKey = ({ state }: Proposal) => `${state.organisationId}:${state.runId}:${state.personId}`;
