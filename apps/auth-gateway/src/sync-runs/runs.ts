import type { LearnerDocument, RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { type Names, runView, type RunView, stateOf } from './run-view.ts';
import { isLearnerId } from './run-words.ts';

/** The runs of an organisation, as profile-writer has recorded them. */
export interface Runs {
  /** The last few, newest first. */
  recent(organisationId: string): Promise<RunView[]>;
  /** The run to watch: a full one, or a preview, that is under way, else the newest. */
  latest(organisationId: string): Promise<RunView | null>;
  /** A run by its id, or by that of a request that it answers. */
  find(organisationId: string, id: string): Promise<RunView | null>;
  /** Runs as people are shown them. */
  views(organisationId: string, found: readonly RunDocument[]): Promise<RunView[]>;
  /** The run that took up a request; undefined as long as none has. */
  servedBy(organisationId: string, requestId: string): Promise<string | undefined>;
}

const SHOWN = 6;

export function createRuns(runs: Model<RunDocument>, learners: Model<LearnerDocument>): Runs {
  const newest = (organisationId: string) => runs.find({ organisationId }).sort({ startedAt: -1 }).limit(SHOWN).lean();
  const views = async (organisationId: string, found: readonly RunDocument[]) => {
    const names = await namesIn(learners, organisationId, found);
    return found.map((run) => runView(run, names));
  };
  return {
    recent: async (organisationId) => views(organisationId, await newest(organisationId)),
    latest: async (organisationId) => {
      const found = await newest(organisationId);
      // A delta run may be served between the steps of a long one, and is over in a moment.
      const isLong = ({ mode }: RunDocument) => mode === 'full' || mode === 'preview';
      const watched = found.find((run) => isLong(run) && stateOf(run) === 'running') ?? found[0];
      return watched ? ((await views(organisationId, [watched]))[0] ?? null) : null;
    },
    find: async (organisationId, id) => {
      const which = { organisationId, $or: [{ _id: id }, { requestIds: id }] };
      const found = await runs.findOne(which).sort({ startedAt: -1 }).lean();
      return found ? ((await views(organisationId, [found]))[0] ?? null) : null;
    },
    views,
    servedBy: async (organisationId, requestId) =>
      (await runs.findOne({ organisationId, requestIds: requestId }, { _id: 1 }).lean())?._id,
  };
}

/** Names of everybody whom the runs speak of. */
async function namesIn(
  learners: Model<LearnerDocument>,
  organisationId: string,
  runs: readonly RunDocument[],
): Promise<Names> {
  const learnerIds = runs
    .flatMap(({ requestedBy, cancelledBy }) => [requestedBy ?? '', cancelledBy ?? ''])
    .filter(isLearnerId);
  const nameless = runs.flatMap(({ skipped = [] }) => skipped.flatMap(({ first }) => first));
  const personIds = [
    ...runs.flatMap((run) => run.managerCycles.flat()),
    ...nameless.flatMap(({ personId, userPrincipalName }) => (userPrincipalName === null ? [personId] : [])),
  ];
  const found =
    learnerIds.length + personIds.length === 0
      ? []
      : await learners
          .find({
            organisationId,
            $or: [{ _id: { $in: learnerIds } }, { 'sources.microsoft.personId': { $in: personIds } }],
          })
          .lean();
  return {
    learner: (id) => found.find((learner) => learner._id === id)?.fields.displayName ?? undefined,
    person: (id) =>
      found.find((learner) => learner.sources.microsoft?.personId === id)?.fields.displayName ?? undefined,
  };
}
