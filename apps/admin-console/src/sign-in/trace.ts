import type { paths } from '../api/openapi.d.ts';

type List = paths['/api/sign-in-traces']['get']['responses']['200']['content']['application/json'];

/** A sign-in in the list. */
export type TraceSummary = List['signIns'][number];

/** One with its checks. */
export type Trace = paths['/api/sign-in-traces/{reference}']['get']['responses']['200']['content']['application/json'];
