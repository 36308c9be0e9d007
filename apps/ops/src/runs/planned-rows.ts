import { type OutcomeRowDocument, outcomeRowModel } from '@learnamp/learners';
import type { Connection } from 'mongoose';
import { headed } from '../command-line/table.ts';

const words: Readonly<Record<OutcomeRowDocument['outcome'], string>> = {
  created: 'to be created',
  updated: 'to be updated',
  deactivated: 'to be deactivated',
  unchanged: 'unchanged',
  conflict: 'to be identified',
  held: 'waiting for approval',
  unconfirmed: 'to be confirmed',
  kept: 'stays as Owner',
};

/** What a preview says of each person, those alike together. After a week only its counts are left. */
export const readPlannedRows = (connection: Connection, runId: string): Promise<OutcomeRowDocument[]> =>
  outcomeRowModel(connection)
    .find({ runId })
    .sort({ outcome: 1, 'planned.userPrincipalName': 1 })
    .lean<OutcomeRowDocument[]>()
    .exec();

export function plannedTable(rows: readonly OutcomeRowDocument[]): string {
  const cells = rows.map((row) => [
    words[row.outcome],
    row.planned?.displayName ?? '–',
    row.planned?.userPrincipalName ?? row.personId,
    whatOf(row),
  ]);
  return headed(['outcome', 'person', 'account', 'what and why'], cells);
}

function whatOf({ planned }: OutcomeRowDocument): string {
  if (!planned) return '';
  const { changes, removal, reason } = planned;
  const fields = changes.map(({ field, old, new: now }) => `${field}: ${said(old)} → ${said(now)}`).join(', ');
  const why = removal ? `${removal.cause}: ${removal.proof}` : '';
  return [fields, why, reason ?? ''].filter((part) => part !== '').join('; ');
}

const said = (value: string | boolean | null) => (value === null ? 'nothing' : JSON.stringify(value));
