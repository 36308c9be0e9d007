import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import type { BusSystem } from '../contract/bus-system.ts';
import { openBus } from './child-bus.ts';

async function removeTopic(brokers: string, topic: string): Promise<void> {
  const client = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics: [topic] });
  } finally {
    await admin.disconnect();
  }
}

/** Topics and groups of its own on brokers that others use too. */
export async function withKafkaSystem(brokers: string, run: (system: BusSystem) => Promise<void>): Promise<void> {
  const prefix = `${randomUUID()}.`;
  const address = { kind: 'kafka', brokers, prefix } as const;
  await run({
    address,
    open: (options) => openBus(address, options),
    removeTopic: (topic) => removeTopic(brokers, `${prefix}${topic}`),
  });
}
