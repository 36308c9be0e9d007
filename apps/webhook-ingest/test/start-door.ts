import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { type Bus, type BusRecord, createEmbeddedBus } from '@learnamp/bus';
import { type KeyRing, parseKeyRing, topics } from '@learnamp/contracts';
import { createLogger } from '@learnamp/service';
import { buildApp, type NotificationCounts, type WebhookIngestDeps } from '../src/index.ts';

export interface Door {
  readonly origin: string;
  readonly keys: KeyRing;
  readonly bus: Bus;
  /** Lines of the log, as they were written. */
  readonly log: string[];
  readonly taken: NotificationCounts[];
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
  const taken: NotificationCounts[] = [];
  const keys = parseKeyRing(aKey('k1'));
  const app = buildApp({ bus, keys, logger, onTaken: (counts) => taken.push(counts), ...deps(bus) });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    origin,
    keys,
    bus,
    log,
    taken,
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
