import { type HeldSet, heldSetModel, type PersonRecord, personRecordModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';

/** Somebody who waits for an answer. */
export interface HeldPerson {
  readonly personId: string;
  readonly name: string;
  readonly userPrincipalName: string;
  readonly direction: 'addition' | 'removal';
  /** What was read that speaks for it. */
  readonly because: string;
  readonly heldSince: Date;
}

/** The open set of an organisation and everybody in it of whom nothing was said; null while nothing is held. */
export async function heldPeople(
  connection: Connection,
  organisationId: string,
): Promise<{ readonly set: HeldSet; readonly people: readonly HeldPerson[] } | null> {
  const set = await heldSetModel(connection).findById(organisationId).lean<HeldSet>();
  if (!set) return null;
  const waiting = { organisationId, 'proposal.heldSince': { $gt: new Date(0) }, 'proposal.verdict': null };
  const records = await personRecordModel(connection)
    .find(waiting)
    .sort({ 'proposal.heldSince': 1, _id: 1 })
    .lean<PersonRecord[]>();
  return { set, people: records.flatMap(heldPersonOf) };
}

function heldPersonOf({ personId, proposal }: PersonRecord): HeldPerson[] {
  if (!proposal?.heldSince) return [];
  const { userPrincipalName, fields, active, removal } = proposal.state;
  return [
    {
      personId,
      name: fields.displayName ?? userPrincipalName,
      userPrincipalName,
      direction: active ? 'addition' : 'removal',
      because: removal?.proof ?? 'they are in the group',
      heldSince: proposal.heldSince,
    },
  ];
}
