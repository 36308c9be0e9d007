import type { Variant } from '../../variants/change-module.ts';
import { change } from '../gateway-change.ts';

export const passwordVariants: readonly Variant[] = [
  {
    id: 'G1',
    says: 'compare nothing where there is no password',
    changes: [
      change(
        'passwords/password-hash',
        'const matches =',
        'if (stored === undefined)\n        return false;\n    const matches =',
      ),
    ],
  },
  {
    id: 'G2',
    says: 'count guesses by the address that they come from alone',
    changes: [change('passwords/attempts', 'return [account, ', 'return [{ id: `any:${address}`, limit: Infinity }, ')],
  },
  {
    id: 'G3',
    says: 'say that nobody has an address',
    changes: [
      change(
        'passwords/password-sign-in-routes',
        'reply, 401, WRONG)',
        "reply, 401, learner ? WRONG : 'Nobody has that address.')",
      ),
    ],
  },
];
