import type { paths } from '../api/openapi.d.ts';

type List = paths['/api/tokens']['get']['responses']['200']['content']['application/json'];

/** A token, but for what is sent. */
export type Token = List['tokens'][number];

export type Scope = Token['scopes'][number];

/** A token that has just been made, with what is sent, this once. */
export type MadeToken = paths['/api/tokens']['post']['responses']['201']['content']['application/json'];
