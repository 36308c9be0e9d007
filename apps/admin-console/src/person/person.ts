import type { paths } from '../api/openapi.d.ts';

/** Everything that is known of one person. */
export type Person = paths['/api/people/{learnerId}']['get']['responses']['200']['content']['application/json'];
