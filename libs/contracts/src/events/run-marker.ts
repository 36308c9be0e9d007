import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId, RunId, Timestamp, VersionText } from './fields.ts';

const count = Type.Integer({ minimum: 0 });

const RunMarkerSchema = Type.Object({
  organisationId: OrganisationId,
  runId: RunId,
  version: VersionText,
  /** A `preview` is a full run of which nothing takes effect. */
  mode: Type.Union([Type.Literal('full'), Type.Literal('delta'), Type.Literal('person'), Type.Literal('preview')]),
  stage: Type.Union([
    Type.Literal('started'),
    Type.Literal('progressed'),
    /** Everything the run wanted is in the topic; with `problem`, as far as it came. */
    Type.Literal('finished'),
    /** Its worker died, or its settings changed; another run follows. */
    Type.Literal('interrupted'),
    /** Somebody asked for its end before it was through. What it had emitted by then stays. */
    Type.Literal('cancelled'),
  ]),
  at: Timestamp,
  /** Why the run exists: `schedule`, `notification`, `setup`, `request` and others. */
  trigger: Type.String({ maxLength: 128 }),
  /** Who asked for it, where somebody did: a learner id, or the name of a command. */
  requestedBy: Type.Optional(Type.String({ maxLength: 128 })),
  /** Who cancelled it: a learner id, or the name of a command. */
  cancelledBy: Type.Optional(Type.String({ maxLength: 128 })),
  /**
   * That it repairs a gap: a subscription was gone, and from this time on nobody may have been told of changes.
   */
  gapSince: Type.Optional(Timestamp),
  /**
   * Since when the changes that it follows could have been there: since the first of its notifications came, else since the
   * round before began. Absent where it follows none, or nobody knows.
   */
  changesSince: Type.Optional(Timestamp),
  /** The sync requests that this run answers. */
  requestIds: Type.Array(Type.String({ maxLength: 64 })),
  /** What it does now, and how far it is; `total` is 0 while it is unknown. */
  progress: Type.Object({ step: Type.String({ maxLength: 64 }), done: count, total: count }),
  counts: Type.Object({
    /** Distinct users reachable from the root group (full runs). */
    members: count,
    /** States put into the topic. */
    emitted: count,
    /** People whose applied state is already as wanted. */
    unchanged: count,
    /** People who are in the group and of whom nothing was made; `skipped` below says why. */
    skipped: count,
    /** HTTP requests to Graph, a $batch counted once. */
    graphRequests: count,
    /** Answers of Graph that asked to wait, and how long together, in seconds. */
    throttled: Type.Optional(count),
    throttledSeconds: Type.Optional(count),
    /** People whose removal waits for approval, when the run ended. */
    held: Type.Optional(count),
  }),
  /** Why people were skipped, how many, and the first of them. At most one entry a reason. */
  skipped: Type.Optional(
    Type.Array(
      Type.Object({
        reason: Type.Union([
          /** The account is disabled in Entra. */
          Type.Literal('disabled'),
          /** The switch for such a change is off. */
          Type.Literal('switched off'),
          /** The group has them, and the directory doesn't know them. */
          Type.Literal('not found'),
          Type.Literal('unreadable'),
          /** The group has them, and they were erased; nobody is named. */
          Type.Literal('erased'),
        ]),
        people: count,
        first: Type.Array(
          Type.Object({
            personId: ObjectId,
            userPrincipalName: Type.Union([Type.String({ maxLength: 1024 }), Type.Null()]),
          }),
          { maxItems: 20 },
        ),
      }),
      { maxItems: 5 },
    ),
  ),
  /** Fields that could not be read of people, who kept what they had. At most one entry a field. */
  unreadableFields: Type.Optional(
    Type.Array(
      Type.Object({
        field: Type.String({ maxLength: 64 }),
        people: count,
        /** The first of the problems, in one sentence without anybody's data. */
        problem: Type.String({ maxLength: 512 }),
      }),
      { maxItems: 60 },
    ),
  ),
  /** What went wrong, in one sentence, where something did. */
  problem: Type.Optional(Type.String({ maxLength: 512 })),
});

/** A run's beginning, progress and end, in the same partition as its events and so after them. */
export type RunMarker = Static<typeof RunMarkerSchema>;

export const runMarker = {
  type: 'com.learnamp.directory.run-marker.v1',
  topic: topics.directoryUsers.name,
  schema: RunMarkerSchema,
} as const;

/** The same of a preview, among its proposals. */
export const previewMarker = { ...runMarker, topic: topics.directoryProposals.name } as const;

export const runMarkerKey = (marker: Pick<RunMarker, 'organisationId' | 'runId' | 'stage'>) =>
  `${marker.organisationId}:run:${marker.runId}:${marker.stage}`;
