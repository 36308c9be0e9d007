import type { Change } from '../variants/change-module.ts';

export const gateway = 'apps/auth-gateway/dist';
/** Where the OpenID client checks tokens. */
export const library = 'node_modules/oauth4webapi/build/index.js';

/** Another text in a module of auth-gateway, named by its path without the ending. */
export const change = (module: string, from: string, to: string): Change => ({
  module: `${gateway}/${module}.js`,
  from,
  to,
});
