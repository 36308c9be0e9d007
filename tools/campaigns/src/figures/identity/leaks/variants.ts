import type { Variant } from '../../variants/change-module.ts';
import { change } from '../gateway-change.ts';
import { changesOf } from '../modules/variants.ts';

export const leakVariants: readonly Variant[] = [
  {
    id: 'P1',
    says: 'log what was typed',
    changes: [
      change(
        'passwords/password-sign-in-routes',
        "learnerId: learner?._id }, 'password refused'",
        "learnerId: learner?._id, email }, 'password refused'",
      ),
    ],
  },
  { id: 'P2', says: 'repeat what Microsoft wrote', changes: changesOf('V17') },
];
