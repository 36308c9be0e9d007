import type { paths } from '../api/openapi.d.ts';

/** Who was left as they are, and which fields couldn't be read. */
export type Skipped = paths['/api/skipped']['get']['responses']['200']['content']['application/json'];

export type SkippedGroup = Skipped['groups'][number];
