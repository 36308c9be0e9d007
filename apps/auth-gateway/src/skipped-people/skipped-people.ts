import type { RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { newestFullRun } from '../sync-runs/newest-full-run.ts';
import type { Runs } from '../sync-runs/runs.ts';
import { repairs } from './repairs.ts';

const Count = Type.Integer({ minimum: 0 });
const Code = Type.Union([
  Type.Literal('disabled'),
  Type.Literal('switched-off'),
  Type.Literal('not-found'),
  Type.Literal('unreadable'),
  Type.Literal('erased'),
]);
type Code = Static<typeof Code>;

export const SkippedPeople = Type.Object({
  /** The newest full run that came to its end; null before there is one. */
  run: Type.Union([Type.Object({ id: Type.String(), at: Type.String({ format: 'date-time' }) }), Type.Null()]),
  /** People of the group who were left as they are. */
  groups: Type.Array(
    Type.Object({
      /** In words. */
      reason: Type.String(),
      /** The same for programs. */
      code: Code,
      people: Count,
      /** The first of them, by user principal name where there is one. */
      first: Type.Array(Type.String()),
      /** What to do about it, in one sentence. */
      repair: Type.String(),
    }),
  ),
  /** Fields that couldn't be read of some people, who kept what they had. */
  unreadable: Type.Array(Type.Object({ field: Type.String(), people: Count, problem: Type.String() })),
});
export type SkippedPeople = Static<typeof SkippedPeople>;

export interface SkippedDeps {
  readonly runModel: Model<RunDocument>;
  readonly runs: Pick<Runs, 'views'>;
}

/** Whom the newest full run skipped, by why. */
export async function readSkipped({ runModel, runs }: SkippedDeps, organisationId: string): Promise<SkippedPeople> {
  const run = await newestFullRun(runModel, organisationId);
  if (!run) return { run: null, groups: [], unreadable: [] };
  const [view] = await runs.views(organisationId, [run]);
  const { skipped = [], unreadableFields = [], finishedAt, startedAt } = run;
  return {
    run: { id: run._id, at: (finishedAt ?? startedAt).toISOString() },
    groups: skipped.flatMap(({ reason }, at) => {
      const shown = view?.skipped[at];
      return shown ? [{ ...shown, code: reason.replace(' ', '-') as Code, repair: repairs[reason] }] : [];
    }),
    unreadable: unreadableFields.map(({ field, people, problem }) => ({ field, people, problem })),
  };
}
