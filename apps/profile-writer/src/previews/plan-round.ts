import type { Proposal, UserState } from '@learnamp/contracts';
import type { OutcomeRowDocument, RunDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { applyRound, type ApplyRoundDeps } from '../apply-user-states/apply-round.ts';
import { expiryOf } from './planned-row.ts';

export interface PlanRoundDeps {
  readonly runs: Model<RunDocument>;
  /** Applying as it is, on copies. */
  readonly onCopies: ApplyRoundDeps;
}

/**
 * Plans proposals of different people: those that a full run would emit are applied to the copies, of the others it is
 * noted what they would wait for. Answers with those that come too late, because their preview is over.
 */
export async function planRound(
  { runs, onCopies }: PlanRoundDeps,
  proposals: readonly Proposal[],
): Promise<ReadonlySet<Proposal>> {
  const runIds = [...new Set(proposals.map(({ state }) => state.runId))];
  const open = new Set(
    (await runs.find({ _id: { $in: runIds }, finishedAt: null }, '_id').lean()).map(({ _id }) => _id),
  );
  const current = proposals.filter(({ state }) => open.has(state.runId));
  const emitted = current.filter(({ standing }) => standing === 'emitted').map(({ state }) => state);
  const outdated: ReadonlySet<UserState> = emitted.length > 0 ? await applyRound(onCopies, emitted) : new Set();
  const now = onCopies.clock();
  await insertOnce(
    onCopies.outcomeRows,
    current.flatMap((one) => waitingRow(one, now)),
  );
  return new Set(proposals.filter(({ state }) => !open.has(state.runId) || outdated.has(state)));
}

function waitingRow({ state, standing, reason }: Proposal, now: Date): OutcomeRowDocument[] {
  if (standing === 'emitted') return [];
  const { organisationId, runId, personId, version, userPrincipalName, fields, removal = null } = state;
  const planned = {
    ...{ userPrincipalName, displayName: fields.displayName, removal, expiresAt: expiryOf(now) },
    reason: reason ?? null,
    changes: [{ field: 'active', old: !state.active, new: state.active }],
  };
  const row = { organisationId, runId, personId, learnerId: null, outcome: standing, version, planned };
  return [{ _id: `${runId}:${personId}`, ...row }];
}
