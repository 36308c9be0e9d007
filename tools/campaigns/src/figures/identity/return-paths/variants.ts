import type { Variant } from '../../variants/change-module.ts';
import { change } from '../gateway-change.ts';

export const returnPathVariants: readonly Variant[] = [
  {
    id: 'W1',
    says: 'lead wherever they are told, if it begins with a slash',
    changes: [change('hosts/return-path', '    // The parser keeps', '    return asked;\n    // The parser keeps')],
  },
  {
    id: 'W2',
    says: 'overlook that a later hop may decode',
    changes: [change('hosts/return-path', 'if (/%(?:2f|5c|0[0-9a-f]|1[0-9a-f])/i.test(asked))', "if (asked === '')")],
  },
];
