import type { paths } from '../api/openapi.d.ts';

type Answer = paths['/api/held-changes']['get']['responses']['200']['content']['application/json'];

export type Held = NonNullable<Answer['held']>;
export type HeldChange = Held['changes'][number];
