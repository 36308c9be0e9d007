import type { paths } from '../api/openapi.d.ts';

/** What the overview is told. */
export type Overview = paths['/api/overview']['get']['responses']['200']['content']['application/json'];
