import type { paths } from '../api/openapi.d.ts';

type Latest = paths['/api/sync-runs/latest']['get']['responses']['200']['content']['application/json'];

/** A run as the API tells it. */
export type Run = NonNullable<Latest['run']>;
