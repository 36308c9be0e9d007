import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import type { PhotoDeps } from '../home/photo-of.ts';
import { photosShown } from '../home/photos-shown.ts';
import { nameOf } from '../home/profile.ts';
import { pageByName } from '../paging/page-by-name.ts';
import { Next, type PageQuery, pageQueryWith } from '../paging/read-page.ts';

export const ReportsQuery = pageQueryWith({
  /** Whose reports; without it those at the top: active learners who manage somebody and have no active manager. */
  of: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
});
export type ReportsQuery = PageQuery & { readonly of?: string };

export const Reports = Type.Object({
  /** By name. */
  items: Type.Array(
    Type.Object({
      learnerId: Type.String(),
      name: Type.String(),
      jobTitle: Type.Union([Type.String(), Type.Null()]),
      active: Type.Boolean(),
      hasPhoto: Type.Boolean(),
      /** How many active learners they manage themselves. */
      reports: Type.Integer({ minimum: 0 }),
    }),
  ),
  next: Next,
});
export type Reports = Static<typeof Reports>;

export interface ReportsDeps extends PhotoDeps {
  readonly learners: Model<LearnerDocument>;
}

/** A page of the chart; null where there is no such learner. */
export async function readReports(
  deps: ReportsDeps,
  organisationId: string,
  { of, ...page }: ReportsQuery,
): Promise<Reports | null> {
  if (of !== undefined && !(await isThere(deps, organisationId, of))) return null;
  const found = await (of === undefined ? findTops(deps, organisationId) : findReports(deps, organisationId, of));
  const named = found.map((learner) => ({ learnerId: learner._id, name: nameOf(learner), learner }));
  const { items, next } = pageByName(`reports of ${of ?? 'nobody'}`, named, page);
  const shown = items.map(({ learner }) => learner);
  const [counts, photos] = await Promise.all([
    countReports(deps, organisationId, shown),
    photosShown(deps, organisationId, shown),
  ]);
  return {
    items: items.map(({ learnerId, name, learner }) => ({
      ...{ learnerId, name, jobTitle: learner.fields.jobTitle, active: learner.active },
      ...{ hasPhoto: photos.has(learnerId), reports: counts.get(learnerId) ?? 0 },
    })),
    next,
  };
}

const SHOWN = 'active fields sources.microsoft.personId manager';

const isThere = ({ learners }: ReportsDeps, organisationId: string, _id: string) =>
  learners.exists({ _id, organisationId, tombstone: { $ne: true } });

const findReports = ({ learners }: ReportsDeps, organisationId: string, of: string) =>
  learners.find({ organisationId, active: true, 'manager.learnerId': of }, SHOWN).lean<LearnerDocument[]>();

/** Whoever manages one of them manages somebody as well, and so is among those who are read. */
async function findTops({ learners }: ReportsDeps, organisationId: string): Promise<LearnerDocument[]> {
  const ids = await learners.distinct('manager.learnerId', { organisationId, active: true });
  const managers = await learners
    .find({ organisationId, active: true, _id: { $in: ids.filter((id) => id !== null) } }, SHOWN)
    .lean<LearnerDocument[]>();
  const active = new Set(managers.map(({ _id }) => _id));
  return managers.filter(({ manager }) => !active.has(manager?.learnerId ?? ''));
}

async function countReports(
  { learners }: ReportsDeps,
  organisationId: string,
  of: readonly LearnerDocument[],
): Promise<ReadonlyMap<string, number>> {
  const counted = await learners.aggregate<{ readonly _id: string; readonly reports: number }>([
    { $match: { organisationId, active: true, 'manager.learnerId': { $in: of.map(({ _id }) => _id) } } },
    { $group: { _id: '$manager.learnerId', reports: { $sum: 1 } } },
  ]);
  return new Map(counted.map(({ _id, reports }) => [_id, reports]));
}
