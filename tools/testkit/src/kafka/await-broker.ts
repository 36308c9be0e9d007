import { Kafka, logLevel } from 'kafkajs';

import { until } from '../processes/until.ts';
import { reasonOf } from '../testkit-error.ts';

/** Resolves once a client can list the topics; rejects with the last reason after `timeoutMs`. */
export async function awaitBroker(brokers: string, timeoutMs: number): Promise<void> {
  let lastReason = 'it did not answer';
  const ready = await until(
    () =>
      listTopics(brokers).catch((error: unknown) => {
        lastReason = reasonOf(error);
        return undefined;
      }),
    { timeoutMs },
  );
  if (ready === undefined) throw new Error(lastReason);
}

async function listTopics(brokers: string): Promise<readonly string[]> {
  const kafka = new Kafka({
    clientId: 'testkit',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2000,
    requestTimeout: 3000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}
