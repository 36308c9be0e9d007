import type { Variant } from '../../variants/change-module.ts';

const producer = 'libs/bus/dist/kafka/kafka-producer.js';
const lane = 'libs/bus/dist/kafka/partition-lane.js';

export const brokerKillVariants: readonly Variant[] = [
  {
    id: 'N20',
    says: 'take an attempt for a success',
    changes: [{ module: lane, from: 'await this.#deps.beforeRetry(attempt, error);', to: 'return;' }],
  },
];

/** What most guides recommend for kafkajs. */
export const lostAnswerVariants: readonly Variant[] = [
  {
    id: 'N21',
    says: 'have several sends at once numbered by an idempotent producer',
    changes: [
      { module: producer, from: 'idempotent: false,', to: 'idempotent: true,\n            maxInFlightRequests: 1,' },
      {
        module: producer,
        from: 'retry: { retries: 0 },',
        to: 'retry: { retries: 10, initialRetryTime: 50, maxRetryTime: 500 },',
      },
      {
        module: lane,
        from: 'this.#queue.push({ ...entry, resolve, reject });\n            if (!this.#sending)\n                void this.#drain();',
        to: 'void this.#sendBatch([{ ...entry, resolve, reject }]);',
      },
    ],
  },
];
