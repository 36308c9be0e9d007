import type { LearnerDocument, RunDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { nameOf } from '../home/profile.ts';
import { newestFullRun } from '../sync-runs/newest-full-run.ts';
import { type Managing, whoManages, type WhoManagesDeps } from './who-manages.ts';

const Count = Type.Integer({ minimum: 0 });

/** Active learners by what is known of their manager: `linked` to `none`, each learner in one of these. */
export const ManagerSummary = Type.Object({
  /** The manager is an active learner. */
  linked: Count,
  /**
   * The manager is no learner, and may still come: directory-sync wants them (their record has an active state that was
   * emitted, is pending, or waits for approval), or the group as it was read last has them (a disabled account, or one that
   * couldn't be read). They are linked as soon as they are a learner.
   */
  waiting: Count,
  /** The manager is a learner who is not active. */
  inactive: Count,
  /** The manager is known by their object id alone: not wanted, and not in the group as it was read last. */
  outOfScope: Count,
  /** People in `cycles`; they are in the other counts too. */
  inCycles: Count,
  /** No manager. */
  none: Count,
  /** Manager chains that lead back to themselves, from each to their manager, as the newest full run found them. */
  cycles: Type.Array(Type.Array(Type.Object({ learnerId: Type.String(), name: Type.String() }))),
});
export type ManagerSummary = Static<typeof ManagerSummary>;

export interface ManagerSummaryDeps extends WhoManagesDeps {
  readonly runModel: Model<RunDocument>;
}

export async function readSummary(
  deps: ManagerSummaryDeps,
  organisation: Pick<Organisation, 'id' | 'microsoft'>,
): Promise<ManagerSummary> {
  const [{ managers, unmanaged }, cycles] = await Promise.all([
    whoManages(deps, organisation),
    readCycles(deps, organisation.id),
  ]);
  const reportsOf = (wanted: Managing['standing']) =>
    managers.reduce((sum, { standing, reports }) => (standing === wanted ? sum + reports : sum), 0);
  return {
    linked: reportsOf('linked'),
    waiting: reportsOf('waiting'),
    inactive: reportsOf('inactive'),
    outOfScope: reportsOf('out-of-scope'),
    inCycles: cycles.flat().length,
    none: unmanaged,
    cycles,
  };
}

/** A cycle of which somebody isn't there any more is none. */
async function readCycles(
  { runModel, learners }: ManagerSummaryDeps,
  organisationId: string,
): Promise<ManagerSummary['cycles']> {
  const cycles = (await newestFullRun(runModel, organisationId))?.managerCycles ?? [];
  if (cycles.length === 0) return [];
  const found = await learners
    .find({ organisationId, 'sources.microsoft.personId': { $in: cycles.flat() } }, 'fields sources.microsoft.personId')
    .lean<LearnerDocument[]>();
  const people = new Map(
    found.map((learner) => [learner.sources.microsoft?.personId, { learnerId: learner._id, name: nameOf(learner) }]),
  );
  return cycles
    .map((cycle) => cycle.flatMap((personId) => people.get(personId) ?? []))
    .filter((those, at) => those.length === cycles[at]?.length);
}
