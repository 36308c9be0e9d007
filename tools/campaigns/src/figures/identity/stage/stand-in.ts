import { randomUUID } from 'node:crypto';
import type { Bus, OutgoingRecord } from '@learnamp/bus';
import { decodeEvent, type LearnerCommand, learnerCommand, type SyncRequest, syncRequest } from '@learnamp/contracts';
import { commandOutcomeModel, runModel } from '@learnamp/learners';
import { inspectionModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';

/**
 * Somebody at the end of the bus who answers at once, in place of profile-writer and directory-sync: the gateway waits
 * some seconds for their answers.
 */
export function standIn(bus: Bus, connection: Connection): void {
  const publish = bus.publish.bind(bus);
  bus.publish = async (records) => {
    await publish(records);
    await Promise.all(records.map((record) => answer(connection, record)));
  };
}

async function answer(connection: Connection, record: OutgoingRecord): Promise<void> {
  const headers = Object.entries(record.headers ?? {}).map(([name, value]) => [name, Buffer.from(value)] as const);
  const sent = { ...record, headers: Object.fromEntries(headers) };
  const decoded = decodeEvent([learnerCommand, syncRequest], sent);
  if (!decoded.ok) return;
  const { data } = decoded.event;
  if ('action' in data) await carryOut(connection, data);
  else if (data.mode === 'inspect') await inspect(connection, data);
  else await run(connection, data);
}

async function carryOut(connection: Connection, { commandId, organisationId, action }: LearnerCommand): Promise<void> {
  const outcome = { outcome: 'refused', reason: 'Nobody is there.', count: 0 } as const;
  const at = new Date(Date.now());
  await commandOutcomeModel(connection).create({ _id: commandId, organisationId, kind: action.kind, at, ...outcome });
}

async function inspect(connection: Connection, { requestId, organisationId, lookUp = '' }: SyncRequest): Promise<void> {
  const nothing = { root: null, person: null, groups: [], manager: null, fields: [], problem: null };
  await inspectionModel(connection).create({
    ...{ _id: requestId, organisationId, lookUp, at: new Date(Date.now()) },
    ...nothing,
  });
}

async function run(connection: Connection, { requestId, organisationId }: SyncRequest): Promise<void> {
  await runModel(connection).create({
    _id: randomUUID(),
    organisationId,
    version: '0000000001-000000000002',
    mode: 'delta',
    stage: 'progressed',
    trigger: 'request',
    requestIds: [requestId],
    startedAt: new Date(Date.now()),
    finishedAt: null,
    progress: { step: 'reading changes', done: 0, total: 1 },
    counts: { members: 0, emitted: 0, unchanged: 0, skipped: 0, graphRequests: 0 },
    applied: { created: 0, updated: 0, unchanged: 0, deactivated: 0 },
    totals: null,
    managerCycles: [],
    photos: null,
    problem: null,
  });
}
