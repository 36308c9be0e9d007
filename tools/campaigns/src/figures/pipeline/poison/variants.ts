import type { Variant } from '../../variants/change-module.ts';

const reading = 'apps/profile-writer/dist/intake/read-record.js';

export const poisonVariants: readonly Variant[] = [
  {
    id: 'N17',
    says: 'throw at what they can’t read',
    changes: [
      {
        module: reading,
        from: "return { outcome: { kind: 'dead-letter', reason: decoded.reason } };",
        to: 'throw new TypeError(decoded.reason);',
      },
    ],
  },
  {
    id: 'N18',
    says: 'pass over what they can’t read',
    changes: [
      {
        module: reading,
        from: "kind: 'dead-letter', reason: decoded.reason",
        to: "kind: 'skip', reason: decoded.reason",
      },
    ],
  },
  {
    id: 'N19',
    says: 'keep what they can’t read as text',
    changes: [
      {
        module: 'libs/bus/dist/delivery/dead-letter.js',
        from: 'value: record.value,',
        to: 'value: record.value && Buffer.from(record.value.toString()),',
      },
    ],
  },
];
