import type { Change } from '../../variants/change-module.ts';

/** Another text in a module of webhook-ingest, named by its path without the ending. */
export const ingestChange = (module: string, from: string, to: string): Change => ({
  module: `apps/webhook-ingest/dist/${module}.js`,
  from,
  to,
});

/** Another text where clientStates are verified. */
export const clientStateChange = (from: string, to: string): Change => ({
  module: 'libs/contracts/dist/client-state/client-state.js',
  from,
  to,
});
