import type { Variant } from '../../variants/change-module.ts';

export const rollingRestartVariants: readonly Variant[] = [
  {
    id: 'N27',
    says: 'stop listening as soon as they are asked to',
    changes: [{ module: 'libs/service/dist/run-service.js', from: 'await delay(drainMs);', to: '' }],
  },
];
