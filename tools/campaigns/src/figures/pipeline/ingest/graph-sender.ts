import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { KeyRing } from '@learnamp/contracts';
import { aSender, notificationOf, type Sender } from './notifications.ts';

/** Posts notifications as Graph does: by connections that it keeps. */
export interface GraphSender {
  /** Posts notifications about these objects. @returns the status of the answer. @throws when none came. */
  post(objectIds: readonly string[]): Promise<number>;
  close(): void;
}

/** A machine that can't keep up would only measure its own queue. */
const CONNECTIONS = 100;

const someSenders = () => ['acme', 'umbrella', 'globex', 'initech'].map((organisationId) => aSender(organisationId));

/** Each connection in its turn, so that none is kept for long without a request. */
export const keptConnections = () => new Agent({ keepAlive: true, maxSockets: CONNECTIONS, scheduling: 'fifo' });

export function createGraphSender(
  { port, keys }: { readonly port: number; readonly keys: KeyRing },
  senders: readonly Sender[] = someSenders(),
): GraphSender {
  const agent = keptConnections();
  let turn = 0;
  return {
    post: (objectIds) => {
      const sender = senders[(turn += 1) % senders.length] ?? aSender('acme');
      const value = objectIds.map((objectId) => notificationOf(keys, sender, objectId));
      return post(agent, port, JSON.stringify({ value }));
    },
    close: () => agent.destroy(),
  };
}

/** Ids of objects that nothing else tells of. */
export const newIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

function post(agent: Agent, port: number, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { agent, host: '127.0.0.1', port, path: '/graph/notifications', method: 'POST', headers };
    const outgoing = request(options, (incoming) => {
      incoming
        .resume()
        .once('end', () => resolve(incoming.statusCode ?? 0))
        .once('error', reject);
    });
    outgoing.once('error', reject).end(body);
  });
}
