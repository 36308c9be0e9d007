import type { LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';
import { insertOnce } from '@learnamp/mongo';
import type { Model } from 'mongoose';
import { activeOwners } from './active-owners.ts';
import { breakGlassOwners } from './break-glass-owners.ts';
import type { OwnersDeps } from './keep-last-owners.ts';

export interface ReleaseDeps extends OwnersDeps {
  readonly provisioningLog: Model<ProvisioningLogDocument>;
}

/**
 * Deactivates who was kept only as the last Owner, or as the one who may sign in by password, once there is another one. Called at the end of a full run, which
 * heals: the directory has long said what it has to say of them.
 */
export async function releaseKeptOwners(
  deps: ReleaseDeps,
  run: { readonly organisationId: string; readonly runId: string; readonly version: string; readonly now: Date },
): Promise<void> {
  const stored = await deps.learners.find({ organisationId: run.organisationId, keptAsLastOwner: true }).lean();
  const breakGlass = await breakGlassOwners(deps, stored.length === 0 ? [] : [run.organisationId]);
  const kept = stored.filter(({ _id }) => !breakGlass.has(_id));
  if (kept.length === 0) return;
  const owners = (await activeOwners(deps, [run.organisationId])).get(run.organisationId) ?? [];
  const others = owners.filter((learnerId) => kept.every(({ _id }) => _id !== learnerId));
  if (others.length === 0) return;
  await insertOnce(
    deps.provisioningLog,
    kept.map((learner) => entryOf(learner, run)),
  );
  await deps.learners.updateMany(
    { _id: { $in: kept.map(({ _id }) => _id) }, keptAsLastOwner: true },
    { $set: { active: false, updatedAt: run.now }, $unset: { keptAsLastOwner: true }, $inc: { sessionVersion: 1 } },
  );
}

const entryOf = (
  { _id: learnerId, organisationId, sources }: LearnerDocument,
  { runId, version, now }: { readonly runId: string; readonly version: string; readonly now: Date },
): ProvisioningLogDocument => ({
  _id: `${learnerId}:${version}`,
  organisationId,
  learnerId,
  personId: sources.microsoft?.personId ?? '',
  runId,
  version,
  at: now,
  action: 'deactivated',
  changes: [{ field: 'active', old: true, new: false }],
  removal: sources.microsoft?.removal ?? null,
});
