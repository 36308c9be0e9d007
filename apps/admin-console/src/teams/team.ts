import type { paths } from '../api/openapi.d.ts';

type Teams = paths['/api/teams']['get']['responses']['200']['content']['application/json'];

export type Team = Teams['teams'][number];

type Members = paths['/api/teams/{teamId}/members']['get']['responses']['200']['content']['application/json'];

export type Member = Members['items'][number];
