import fc from 'fast-check';
import {
  graphNotification,
  learnerCommand,
  photosMarker,
  photoState,
  proposal,
  runMarker,
  syncRequest,
  userState,
} from '../../src/index.ts';

const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength / 8, 40) });
const textOrNull = (maxLength: number) => fc.option(text(maxLength), { nil: null });
const count = fc.nat();
const organisationId = fc.uuid();
const personId = fc.uuid();
const runId = fc.uuid();
const version = fc.tuple(fc.nat(), fc.nat()).map(([epoch, sequence]) => {
  const digits = (value: number, width: number) => `${'0'.repeat(width)}${value}`.slice(-width);
  return `${digits(epoch, 10)}-${digits(sequence, 12)}`;
});
const timestamp = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const optional = <Value>(name: string, arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [name]: value }));

/** Joins records: what is always there, and parts that may be missing. */
const joined = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((given) => Object.assign({}, ...given) as object);

const fields = fc.record({
  firstName: textOrNull(256),
  lastName: textOrNull(256),
  displayName: textOrNull(256),
  email: textOrNull(320),
  jobTitle: textOrNull(256),
  department: textOrNull(256),
  location: textOrNull(256),
  language: textOrNull(64),
  hireDate: textOrNull(32),
});

const fieldName = fc.constantFrom('jobTitle', 'department', 'customFields.costCentre', 'customFields.a1');
const fieldNames = fc.uniqueArray(fieldName);

const userStates = joined(
  fc.record({
    organisationId,
    source: fc.constant('microsoft'),
    personId,
    version,
    hash: fc.stringMatching(/^[0-9a-f]{32}$/),
    runId,
    active: fc.boolean(),
    userPrincipalName: fc.emailAddress(),
    userType: fc.constantFrom('Member', 'Guest'),
    fields,
    managerId: fc.option(personId, { nil: null }),
  }),
  optional(
    'customFields',
    fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,20}$/), textOrNull(1024), { maxKeys: 5 }),
  ),
  optional('fieldRules', fc.record({ createOnly: fieldNames, keptWhenEmpty: fieldNames, unreadable: fieldNames })),
  optional('removal', fc.record({ cause: fc.constantFrom('left', 'deleted', 'disabled'), proof: text(512) })),
  optional('mail', fc.emailAddress()),
  optional('employeeId', fc.stringMatching(/^[A-Z0-9]{1,16}$/)),
  optional('path', fc.array(fc.record({ id: personId, name: textOrNull(256) }), { minLength: 1, maxLength: 32 })),
);

const proposals = joined(
  fc.record({ state: userStates, standing: fc.constantFrom('emitted', 'held', 'unconfirmed') }),
  optional('reason', text(512)),
);

const runMarkers = joined(
  fc.record({
    organisationId,
    runId,
    version,
    mode: fc.constantFrom('full', 'delta', 'person', 'preview'),
    stage: fc.constantFrom('started', 'progressed', 'finished', 'interrupted'),
    at: timestamp,
    trigger: text(128),
    requestIds: fc.array(fc.uuid(), { maxLength: 3 }),
    progress: fc.record({ step: text(64), done: count, total: count }),
    counts: fc.record({ members: count, emitted: count, unchanged: count, skipped: count, graphRequests: count }),
  }),
  optional('problem', text(512)),
  optional('requestedBy', text(128)),
  optional('changesSince', timestamp),
  optional(
    'skipped',
    fc.array(
      fc.record({
        reason: fc.constantFrom('disabled', 'switched off', 'not found', 'unreadable', 'erased'),
        people: count,
        first: fc.array(fc.record({ personId, userPrincipalName: textOrNull(1024) }), { maxLength: 20 }),
      }),
      { maxLength: 5 },
    ),
  ),
  optional('unreadableFields', fc.array(fc.record({ field: fieldName, people: count, problem: text(512) }))),
);

const notifications = joined(
  fc.record({ organisationId, kind: fc.constantFrom('users', 'groups') }),
  optional('objectId', fc.uuid()),
  optional('lifecycleEvent', fc.constantFrom('reauthorizationRequired', 'subscriptionRemoved', 'missed')),
  optional('subscriptionId', fc.uuid()),
);

const requests = joined(
  fc.record({
    requestId: fc.uuid(),
    organisationId,
    mode: fc.constantFrom('full', 'delta', 'person', 'preview'),
    requestedBy: fc.stringMatching(/^[a-z-]{1,40}$/),
  }),
  optional('personId', personId),
  optional(
    'mapping',
    fc.record({
      rules: fc.array(
        fc.record({
          field: fc.constantFrom('jobTitle', 'customFields.team'),
          from: fc.constantFrom('jobTitle', '$uppercase(city)'),
          apply: fc.constantFrom('always', 'create only'),
          onEmpty: fc.constantFrom('keep', 'clear'),
        }),
        { maxLength: 3 },
      ),
      customFields: fc.array(fc.record({ id: fc.constant('team'), title: fc.constant('Team') }), { maxLength: 1 }),
    }),
  ),
);

const teamId = fc.stringMatching(/^tm_[0-9a-f]{32}$/);
const learnerId = fc.stringMatching(/^lrn_[0-9a-f]{32}$/);

const commands = fc.record({
  commandId: fc.uuid(),
  organisationId,
  requestedBy: learnerId,
  action: fc.oneof(
    joined(
      fc.record({ kind: fc.constant('send-invitations') }),
      optional('learnerIds', fc.array(learnerId, { minLength: 1, maxLength: 3 })),
    ),
    fc.record({
      kind: fc.constantFrom('resend-invitation', 'accept-invitation', 'unlink', 'reactivate', 'remove-own-photo'),
      learnerId,
    }),
    fc.record({ kind: fc.constant('send-password-link'), email: fc.emailAddress() }),
    fc.record({
      kind: fc.constant('send-test-notice'),
      notice: fc.constantFrom('failure', 'approval', 'expiry', 'summary'),
      learnerId,
    }),
    fc.record({ kind: fc.constant('set-team-parent'), teamId, parentId: fc.option(teamId, { nil: null }) }),
    fc.record({ kind: fc.constantFrom('add-membership', 'remove-membership'), learnerId, teamId }),
    fc.record({
      kind: fc.constant('set-own-photo'),
      learnerId,
      base64: fc.base64String({ minLength: 4, maxLength: 200 }),
    }),
    joined(
      fc.record({ kind: fc.constant('import'), active: fc.boolean(), fields }),
      optional('learnerId', learnerId),
      optional('employeeId', fc.stringMatching(/^[A-Z0-9]{1,16}$/)),
      optional('userPrincipalName', fc.emailAddress()),
    ),
    joined(
      fc.record({
        kind: fc.constant('resolve-conflict'),
        personId,
        answer: fc.constantFrom('link', 'create', 'ignore'),
      }),
      optional('learnerId', learnerId),
    ),
  ),
});

const photos = fc.record({
  organisationId,
  personId,
  version,
  runId,
  photo: fc.option(
    fc.record({
      etag: fc.stringMatching(/^"[0-9A-F]{1,30}"$/),
      mediaType: fc.constantFrom('image/png', 'image/jpeg', 'image/gif'),
      base64: fc.base64String({ maxLength: 200 }),
    }),
    { nil: null },
  ),
});

const photosMarkers = fc.record({ organisationId, runId, version, emitted: count, graphRequests: count });

export const eventTypes = [
  graphNotification,
  learnerCommand,
  syncRequest,
  userState,
  runMarker,
  photoState,
  photosMarker,
  proposal,
] as const;

type AnyEventType = (typeof eventTypes)[number];

/** Data of each event type, as its sender might write it. */
const dataOf: Record<AnyEventType['type'], fc.Arbitrary<object>> = {
  [graphNotification.type]: notifications,
  [learnerCommand.type]: commands,
  [syncRequest.type]: requests,
  [userState.type]: userStates,
  [runMarker.type]: runMarkers,
  [photoState.type]: photos,
  [photosMarker.type]: photosMarkers,
  [proposal.type]: proposals,
};

/** An event type with data that satisfies its schema. */
export const anyEvent: fc.Arbitrary<{ readonly eventType: AnyEventType; readonly data: object }> = fc.oneof(
  ...eventTypes.map((eventType) => dataOf[eventType.type].map((data) => ({ eventType, data }))),
);
