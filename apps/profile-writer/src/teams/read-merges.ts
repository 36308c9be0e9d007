import { departmentTeamId, type TeamDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';

/** The teams that have taken the place of departments' own, by the ids of those. */
export type Merges = ReadonlyMap<string, string>;

export interface InDepartment {
  readonly organisationId: string;
  readonly department: string | null;
}

/** What of these departments' teams has been merged into others. */
export function readMerges(teams: Model<TeamDocument>, departments: readonly InDepartment[]): Promise<Merges> {
  return mergesOf(
    teams,
    departments.flatMap(({ organisationId, department }) =>
      department === null ? [] : [departmentTeamId(organisationId, department)],
    ),
  );
}

export async function mergesOf(teams: Model<TeamDocument>, teamIds: readonly string[]): Promise<Merges> {
  const ids = [...new Set(teamIds)];
  if (ids.length === 0) return new Map();
  const merged = await teams.find({ _id: { $in: ids }, mergedInto: { $exists: true } }, 'mergedInto').lean();
  return new Map(merged.flatMap(({ _id, mergedInto }) => (mergedInto ? [[_id, mergedInto] as const] : [])));
}
