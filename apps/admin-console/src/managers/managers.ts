import type { paths } from '../api/openapi.d.ts';

/** How managers stand, in numbers. */
export type ManagerSummary = paths['/api/managers']['get']['responses']['200']['content']['application/json'];

type Reports = paths['/api/managers/reports']['get']['responses']['200']['content']['application/json'];

/** Somebody in the chart. */
export type Report = Reports['items'][number];

type Problems = paths['/api/managers/problems']['get'];

/** Somebody whose manager can't be followed. */
export type ManagerProblem = Problems['responses']['200']['content']['application/json']['items'][number];

/** What keeps a manager from being one here. */
export type ProblemKind = Problems['parameters']['query']['kind'];
