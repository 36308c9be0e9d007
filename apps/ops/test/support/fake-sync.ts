import type { OperatorBus } from '@learnamp/bus';
import { decodeEvent, syncRequest, type SyncRequest, topics } from '@learnamp/contracts';
import { type RunDocument, runModel } from '@learnamp/learners';
import { inspectionModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';

/** directory-sync and profile-writer as an asker sees them: each request becomes the run that a test has prepared. */
export interface FakeSync {
  readonly requests: readonly SyncRequest[];
  /** What the next runs come to, beyond a run that ended well. */
  next(run: Partial<RunDocument>): void;
  stop(): Promise<void>;
}

export async function startFakeSync(connection: Connection, bus: OperatorBus): Promise<FakeSync> {
  const requests: SyncRequest[] = [];
  let prepared: Partial<RunDocument> = {};
  await bus.ensureTopics([topics.syncRequests]);
  const consumer = await bus.consume({
    groupId: 'fake-sync',
    topics: [topics.syncRequests.name],
    handle: async (records) => {
      for (const record of records) {
        const decoded = decodeEvent([syncRequest], record);
        if (!decoded.ok) continue;
        requests.push(decoded.event.data);
        if (decoded.event.data.mode === 'inspect')
          await inspectionModel(connection).create(inspected(decoded.event.data));
        else if (decoded.event.data.mode === 'cancel') await cancel(connection, decoded.event.data);
        else await runModel(connection).create({ ...runOf(decoded.event.data), ...prepared });
      }
      return records.map(() => ({ kind: 'done' }) as const);
    },
  });
  return {
    requests,
    next: (run) => {
      prepared = run;
    },
    stop: () => consumer.stop(),
  };
}

/** Ends the run, as one that was cancelled at its next safe point. */
const cancel = (connection: Connection, { requestId, cancels = '', requestedBy }: SyncRequest) =>
  runModel(connection).updateOne(
    { _id: cancels },
    {
      $set: { stage: 'cancelled', cancelledBy: requestedBy, finishedAt: new Date() },
      $push: { requestIds: requestId },
    },
  );

/** A person who is in another group. */
const inspected = ({ requestId, organisationId, lookUp = '' }: SyncRequest) => ({
  _id: requestId,
  organisationId,
  at: new Date('2026-11-23T10:00:00Z'),
  lookUp,
  root: { id: '6f1c9d2e-0000-4000-8000-000000000001', displayName: 'Learners' },
  person: {
    id: '10000000-0000-4000-8000-000000000007',
    displayName: 'Olga Outside',
    userPrincipalName: lookUp,
    accountEnabled: true,
    isMember: false,
    userType: 'Member' as const,
  },
  groups: [{ id: '6f1c9d2e-0000-4000-8000-000000000002', displayName: 'Contractors' }],
});

/** A run that answers a request and ended well. */
function runOf({ requestId, organisationId, mode, requestedBy }: SyncRequest): RunDocument {
  return {
    _id: `run-of-${requestId}`,
    organisationId,
    version: '0000000001-000000000002',
    mode: mode === 'full' || mode === 'person' || mode === 'preview' ? mode : 'delta',
    stage: 'finished',
    trigger: 'request',
    requestedBy,
    skipped: [
      {
        ...{ reason: 'disabled', people: 2 },
        first: [
          { personId: '10000000-0000-4000-8000-000000000008', userPrincipalName: 'dora@acme.example' },
          { personId: '10000000-0000-4000-8000-000000000009', userPrincipalName: null },
        ],
      },
    ],
    requestIds: [requestId],
    startedAt: new Date('2026-11-23T10:00:00Z'),
    finishedAt: new Date('2026-11-23T10:00:07Z'),
    progress: { step: 'checking leavers', done: 0, total: 0 },
    counts: { members: 402, emitted: 43, unchanged: 357, skipped: 2, graphRequests: 31 },
    applied: { created: 40, updated: 3, unchanged: 0, deactivated: 0 },
    totals: { activeLearners: 400, managersLinked: 278, photos: 0, teams: 27 },
    managerCycles: [],
    photos: null,
    problem: null,
  };
}
