import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { type Bus, type BusRecord, createEmbeddedBus } from '@learnamp/bus';
import { type KeyRing, parseKeyRing, topics } from '@learnamp/contracts';
import { createLogger, createMetrics, type Metrics } from '@learnamp/service';
import { buildApp, type WebhookIngestDeps } from '../src/index.ts';

export interface Door {
  readonly origin: string;
  readonly keys: KeyRing;
  readonly bus: Bus;
  /** Lines of the log, as they were written. */
  readonly log: string[];
  /** What the service counts by this name, by the values of its label. */
  counted(name: string): Promise<Record<string, number>>;
  /** What lies in graph.notifications. */
  published(): Promise<BusRecord[]>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export const aKey = (id: string) => `${id}:${randomBytes(32).toString('base64url')}`;

/** The service on a real socket, with a real bus on disk. `deps` may put something before that bus. */
export async function startDoor(deps: (bus: Bus) => Partial<WebhookIngestDeps> = () => ({})): Promise<Door> {
  const directory = mkdtempSync(join(tmpdir(), 'webhook-ingest-'));
  const log: string[] = [];
  const logger = createLogger('webhook-ingest', 'debug', { write: (line) => log.push(line) });
  const bus = createEmbeddedBus({ directory, logger, onFatal: (error) => log.push(error.message) });
  await bus.ensureTopics([topics.graphNotifications]);
  const metrics = createMetrics();
  const keys = parseKeyRing(aKey('k1'));
  const app = buildApp({ bus, keys, logger, metrics, ...deps(bus) });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    origin,
    keys,
    bus,
    log,
    counted: (name) => countedIn(metrics, name),
    published: async () => {
      const records: BusRecord[] = [];
      for await (const record of bus.read({ topic: topics.graphNotifications.name })) records.push(record);
      return records;
    },
    post: (path, body, headers = {}) =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      await app.close();
      await bus.close();
      rmSync(directory, { recursive: true });
    },
  };
}

async function countedIn(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const found = await metrics.getSingleMetric(`webhook_ingest_${name}`)?.get();
  if (!found) throw new RangeError(`nothing is counted by the name ${name}`);
  const counts = found.values.filter(({ labels }) => !('le' in labels));
  return Object.fromEntries(counts.map(({ labels, value }) => [String(Object.values(labels)[0]), value]));
}
