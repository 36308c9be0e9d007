import {
  conflictModel,
  type OutcomeRowDocument,
  outcomeRowModel,
  type ProvisioningLogDocument,
  provisioningLogModel,
} from '@learnamp/learners';
import type { PersonRecord } from '@learnamp/sync-state';
import type { World } from '../simulation/world.ts';

const line = (...parts: readonly unknown[]) => parts.map((part) => JSON.stringify(part ?? null)).join(' ');

/** What a preview says, a line for each person. */
export async function toldByPreview({ connection }: World, runId: string): Promise<string[]> {
  const rows = await outcomeRowModel(connection).find({ runId }).lean<OutcomeRowDocument[]>();
  return rows
    .map(({ personId, outcome, planned }) => {
      if (outcome === 'conflict') return line(personId, outcome, planned?.reason);
      if (outcome === 'held' || outcome === 'unconfirmed') return line(personId, outcome, planned?.removal?.cause);
      return line(personId, outcome, planned?.changes, planned?.removal?.cause);
    })
    .sort();
}

/** What a full run did, in the same words, read from everything that it left. */
export async function doneByFull(world: World, runId: string): Promise<string[]> {
  const { connection, stores } = world;
  const [rows, log, waiting, people] = await Promise.all([
    outcomeRowModel(connection).find({ runId }).lean<OutcomeRowDocument[]>(),
    provisioningLogModel(connection).find({ runId }).lean<ProvisioningLogDocument[]>(),
    conflictModel(connection).find({ state: 'waiting', 'said.runId': runId }).lean(),
    stores.people.find().lean<PersonRecord[]>(),
  ]);
  return [
    ...rows.map((row) => appliedLine(row, log)),
    ...waiting.map(({ personId, kind }) => line(personId, 'conflict', kind)),
    ...people.flatMap(waitingLine),
  ].sort();
}

function appliedLine({ personId, outcome, learnerId, version }: OutcomeRowDocument, log: ProvisioningLogDocument[]) {
  const entry = log.find(({ _id }) => _id === `${learnerId}:${version}`);
  return line(personId, entry?.action === 'kept' ? 'kept' : outcome, entry?.changes ?? [], entry?.removal?.cause);
}

function waitingLine({ personId, proposal, emitted, missingSince, notMemberSince }: PersonRecord): string[] {
  if (proposal?.heldSince) return [line(personId, 'held', proposal.state.removal?.cause)];
  if (!emitted?.state.active) return [];
  if (missingSince) return [line(personId, 'unconfirmed', 'deleted')];
  return notMemberSince ? [line(personId, 'unconfirmed', 'left')] : [];
}
