import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId } from './fields.ts';

const SyncRequestSchema = Type.Object({
  /** Chosen by whoever asks; the run that serves it carries it, so the asker can find that run. */
  requestId: Type.String({ minLength: 1, maxLength: 64 }),
  organisationId: OrganisationId,
  /**
   * `approve` and `reject` answer the question whether the people named may be deactivated. `inspect` reads what the
   * directory says of one person now, changes nothing, and is no run; so does `ask`, of what concerns the organisation.
   * `preview` wants to know what a full run would do. `cancel` wants a run, or a request that waits for one, to end.
   */
  mode: Type.Union([
    Type.Literal('full'),
    Type.Literal('delta'),
    Type.Literal('person'),
    Type.Literal('preview'),
    Type.Literal('approve'),
    Type.Literal('reject'),
    Type.Literal('inspect'),
    Type.Literal('ask'),
    Type.Literal('cancel'),
  ]),
  /** The person of a `person` request. */
  personId: Type.Optional(ObjectId),
  /** What a `cancel` is about: the id of a run, or of a request that a run answers or will answer. */
  cancels: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** The people of an `approve` or `reject`: whoever is held later was not seen by whoever approved. */
  personIds: Type.Optional(Type.Array(ObjectId, { minItems: 1, maxItems: 1000 })),
  /** What an `ask` request wants to know: of a group, which groups there are, or which permissions were granted. */
  question: Type.Optional(Type.Union([Type.Literal('group'), Type.Literal('groups'), Type.Literal('permissions')])),
  /**
   * Whom an `inspect` request is about: an object id or a user principal name. Of the question `group` the object id, of
   * `groups` how their names begin.
   */
  lookUp: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
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
