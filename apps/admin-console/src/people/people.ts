import type { paths } from '../api/openapi.d.ts';

type People = paths['/api/people']['get']['responses']['200']['content']['application/json'];

/** A learner in a list. */
export type PersonRow = People['items'][number];

export type PeopleFilters = NonNullable<paths['/api/people']['get']['parameters']['query']>;
