import { type DepartmentMove, type DepartmentRename, departmentRenames, FEWEST_MOVED } from '@learnamp/directory';
import {
  departmentTeamId,
  type LearnerDocument,
  type OfferedDepartment,
  type ProvisioningLogDocument,
  type TeamDocument,
} from '@learnamp/learners';
import type { Model } from 'mongoose';
import { departmentName } from '../teams/department-team-of.ts';
import { mergesOf } from '../teams/read-merges.ts';

export interface FindRenamesDeps {
  readonly learners: Model<LearnerDocument>;
  readonly teams: Model<TeamDocument>;
  readonly provisioningLog: Model<ProvisioningLogDocument>;
}

/** A rename as it may be offered. */
export interface FoundRename extends Pick<DepartmentRename, 'moved' | 'of'> {
  readonly from: OfferedDepartment;
  readonly to: OfferedDepartment;
}

/**
 * The departments of an organisation that seem to have been renamed since a time: computed from who is where, and from what
 * the provisioning log tells of where they came from. Whoever asks again is told the same, as long as it is so.
 */
export async function findRenames(deps: FindRenamesDeps, organisationId: string, since: Date): Promise<FoundRename[]> {
  const pasts = await departmentsBefore(deps, organisationId, since);
  if (pasts.size < FEWEST_MOVED) return [];
  const moved = await active(deps, organisationId, { _id: { $in: [...pasts.keys()] } });
  const names = new Departments(organisationId);
  const moves = movesOf(
    moved.flatMap(({ _id, fields }) => {
      const past = pasts.get(_id);
      return past ? [{ ...past, before: names.idOf(past.before), now: names.idOf(fields.department) }] : [];
    }),
  );
  // Whoever stayed where they are can only make fewer of them.
  const likely = departmentRenames(moves);
  if (likely.length === 0) return [];
  const ids = likely.flatMap(({ from, to }) => [from, to]);
  const merges = await mergesOf(deps.teams, ids);
  const others = await active(deps, organisationId, {
    primaryTeamId: { $in: [...ids, ...merges.values()] },
  });
  const stayed = others
    .filter(({ _id }) => !pasts.has(_id))
    .map(({ fields }) => names.idOf(fields.department))
    .map((department) => ({ before: department, now: department }));
  const found = departmentRenames([...moves, ...stayed]);
  return namedByTeams(deps, found, { names, merges });
}

/** Where somebody was before they first changed departments, and when, and in which run that was. */
interface Past {
  readonly before: string | null;
  /** They became a learner then, or one again. */
  readonly isNew: boolean;
  readonly at: Date;
  readonly runId: string;
}

/** Of everybody who changed departments since a time, or came: the first change, or that they came. */
async function departmentsBefore(
  { provisioningLog }: FindRenamesDeps,
  organisationId: string,
  since: Date,
): Promise<ReadonlyMap<string, Past>> {
  const entries = await provisioningLog
    .find({ organisationId, at: { $gte: since }, 'changes.field': 'department' }, 'learnerId runId at changes')
    .sort({ at: -1 })
    .lean();
  const pasts = new Map<string, Past>();
  for (const { learnerId, runId, at, changes } of entries) {
    const isNew = changes.some(({ field }) => field === 'active');
    const old = changes.find(({ field }) => field === 'department')?.old;
    if (isNew && pasts.has(learnerId)) continue;
    pasts.set(learnerId, { before: !isNew && typeof old === 'string' ? old : null, isNew, at, runId });
  }
  return pasts;
}

/**
 * Whoever came to a department before the first of those who were moved there, and not in the same run, was there; who came
 * with them or after them was not.
 */
function movesOf(pasts: readonly (Past & DepartmentMove)[]): DepartmentMove[] {
  const firstMoves = new Map<string | null, { at: Date; runs: Set<string> }>();
  for (const { isNew, now, at, runId } of pasts) {
    if (isNew) continue;
    const { at: first = at, runs = new Set<string>() } = firstMoves.get(now) ?? {};
    firstMoves.set(now, { at: at < first ? at : first, runs: runs.add(runId) });
  }
  return pasts.map(({ isNew, before, now, at, runId }) => {
    const first = firstMoves.get(now);
    const wasThere = isNew && first !== undefined && at < first.at && !first.runs.has(runId);
    return { before: wasThere ? now : before, now };
  });
}

const active = ({ learners }: FindRenamesDeps, organisationId: string, among: object) =>
  learners.find({ organisationId, active: true, ...among }, 'fields.department').lean();

/** Departments by the ids of their own teams, whatever they are merged into, and how each is spelled. */
class Departments {
  readonly #organisationId: string;
  readonly #names = new Map<string, string>();

  constructor(organisationId: string) {
    this.#organisationId = organisationId;
  }

  named(departmentId: string): OfferedDepartment {
    return { departmentId, name: this.#names.get(departmentId) ?? '' };
  }

  idOf(department: string | null): string | null {
    const name = departmentName(department);
    if (name === '') return null;
    const id = departmentTeamId(this.#organisationId, name);
    if (!this.#names.has(id)) this.#names.set(id, name);
    return id;
  }
}

/**
 * What may be offered of these: the new department's people are in a team of their own, or in the very team of the old
 * one, which then bears another name. The old department is told by the name of its team.
 */
async function namedByTeams(
  { teams }: FindRenamesDeps,
  found: readonly DepartmentRename[],
  { names, merges }: { readonly names: Departments; readonly merges: ReadonlyMap<string, string> },
): Promise<FoundRename[]> {
  const teamIdOf = (id: string) => merges.get(id) ?? id;
  const docs = await teams.find({ _id: { $in: found.map(({ from }) => teamIdOf(from)) } }, 'name').lean();
  const nameOfTeam = new Map(docs.map(({ _id, name }) => [_id, name]));
  return found.flatMap(({ from, to, moved, of }) => {
    const name = nameOfTeam.get(teamIdOf(from));
    const target = names.named(to);
    const isOther = teamIdOf(to) !== teamIdOf(from);
    if (name === undefined || (isOther ? merges.has(to) : name === target.name)) return [];
    return [{ from: { departmentId: from, name }, to: target, moved, of }];
  });
}
