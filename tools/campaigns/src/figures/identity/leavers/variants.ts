import type { Variant } from '../../variants/change-module.ts';
import { change } from '../gateway-change.ts';

export const leaverVariants: readonly Variant[] = [
  {
    id: 'L1',
    says: 'look at the session alone, not at the learner',
    changes: [
      change('sessions/check-session', '    learnerIsActive,\n', ''),
      change('sessions/check-session', '    learnerIsUnchanged,\n', ''),
    ],
  },
];
