import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId } from './fields.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** A mapping as it is in the settings. Whoever evaluates it checks it as settings are checked. */
const TriedMapping = Type.Object({
  rules: Type.Array(
    Type.Object({
      field: text(64),
      from: text(2000),
      apply: Type.Union([Type.Literal('always'), Type.Literal('create only')]),
      onEmpty: Type.Union([Type.Literal('keep'), Type.Literal('clear'), Type.Literal('default')]),
      default: Type.Optional(text(1024)),
    }),
    { maxItems: 60 },
  ),
  customFields: Type.Array(Type.Object({ id: text(40), title: text(128) }), { maxItems: 50 }),
});

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
  /** By which an `inspect` request wants the person's fields; without it by the organisation's own. */
  mapping: Type.Optional(TriedMapping),
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
