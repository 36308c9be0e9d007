import { departmentTeamId, type TeamDocument } from '@learnamp/learners';

/** The team of a department, as it is when it is new; null where there is no department. */
export function departmentTeamOf(organisationId: string, department: string | null): TeamDocument | null {
  const name = department?.trim().replace(/\s+/gu, ' ');
  if (!name) return null;
  return { _id: departmentTeamId(organisationId, name), organisationId, name, origin: 'department', parentId: null };
}
