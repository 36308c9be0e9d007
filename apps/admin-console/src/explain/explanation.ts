import type { paths } from '../api/openapi.d.ts';

/** Why a person is, or is not, as expected. */
export type Explanation = paths['/api/explanations']['post']['responses']['200']['content']['application/json'];

export type Trouble = Explanation['troubles'][number];
