import type { Variant } from '../../variants/change-module.ts';

export const threeBrokerVariants: readonly Variant[] = [
  {
    id: 'N26',
    says: 'take what the leader alone has for written',
    changes: [
      { module: 'libs/bus/dist/kafka/kafka-producer.js', from: 'acks: -1, messages })', to: 'acks: 1, messages })' },
    ],
  },
];
