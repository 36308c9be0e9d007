import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId } from './fields.ts';

const SyncRequestSchema = Type.Object({
  /** Chosen by whoever asks; the run that serves it carries it, so the asker can find that run. */
  requestId: Type.String({ minLength: 1, maxLength: 64 }),
  organisationId: OrganisationId,
  mode: Type.Union([Type.Literal('full'), Type.Literal('delta'), Type.Literal('person')]),
  /** The person of a `person` request. */
  personId: Type.Optional(ObjectId),
  /** Who asked, for the run's record: a learner id, or the name of a command. */
  requestedBy: Type.String({ minLength: 1, maxLength: 128 }),
});

/** Somebody wants a run now. */
export type SyncRequest = Static<typeof SyncRequestSchema>;

export const syncRequest = {
  type: 'com.learnamp.sync.request.v1',
  topic: topics.syncRequests.name,
  schema: SyncRequestSchema,
} as const;
