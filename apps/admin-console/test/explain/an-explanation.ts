import type { Explanation } from '../../src/explain/explanation.ts';

/** Of somebody with whom all is well; `more` is what is otherwise. */
export const anExplanation = (more: Partial<Explanation> = {}): Explanation => ({
  ...{ personId: 'b3f0', learnerId: 'lrn_ada', name: 'Ada Lovelace', enabled: true, active: true, canSignIn: true },
  path: [{ id: 'root', name: 'Learners' }],
  ...{ match: 'linked by the object id', manager: 'Grace Hopper', team: 'Engineering', fields: [], troubles: [] },
  ...{ readAt: '2026-11-23T10:00:00.000Z', lastChange: null, nextChance: null },
  ...more,
});
