import type { Variant } from '../../variants/change-module.ts';
import { change, library } from '../gateway-change.ts';

export const keyVariants: readonly Variant[] = [
  {
    id: 'K1',
    says: 'know only the key that they sign with',
    changes: [change('sessions/signing-keys', 'find: (kid) => keys.find(', 'find: (kid) => keys.slice(0, 1).find(')],
  },
  {
    id: 'K2',
    says: 'ask Microsoft for its keys whenever a token names another one',
    changes: [
      {
        module: library,
        from: 'if (age >= 60) {',
        to: 'if (age >= 60 || (!(jwksMap.asked ??= new Set()).has(kid) && jwksMap.asked.add(kid))) {',
      },
    ],
  },
];
