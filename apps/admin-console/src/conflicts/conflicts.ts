import type { paths } from '../api/openapi.d.ts';

type Conflicts = paths['/api/conflicts']['get']['responses']['200']['content']['application/json'];
type Renames = paths['/api/department-renames']['get']['responses']['200']['content']['application/json'];

/** Somebody whom Microsoft brought, and who may be a learner already. */
export type Conflict = Conflicts['conflicts'][number];

export type Candidate = Conflict['candidates'][number];

/** A department that seems to have another name now. */
export type Rename = Renames['renames'][number];
