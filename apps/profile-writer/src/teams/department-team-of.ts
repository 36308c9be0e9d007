import { departmentTeamId, type TeamDocument } from '@learnamp/learners';
import type { Merges } from './read-merges.ts';

/** The team of a department, as it is when it is new; null where there is no department. */
export function departmentTeamOf(
  organisationId: string,
  department: string | null,
  merges: Merges,
): TeamDocument | null {
  const name = departmentName(department);
  if (name === '') return null;
  const own = departmentTeamId(organisationId, name);
  return { _id: merges.get(own) ?? own, organisationId, name, origin: 'department', parentId: null };
}

/** One spelling of a department's name as far as space goes. */
export const departmentName = (department: string | null): string => department?.trim().replace(/\s+/gu, ' ') ?? '';
