import { afterAll, beforeAll, describe } from '@jest/globals';
import { type RealKafka, startKafka } from '@learnamp/testkit';
import { describeBusContract } from './contract/bus-contract.ts';
import { withKafkaSystem } from './support/kafka-system.ts';

describe('Kafka bus', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka();
  }, 120_000);
  afterAll(() => kafka.stop(), 60_000);

  describeBusContract((run) => withKafkaSystem(kafka.brokers, run));
});
