import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { issueCertificate } from '../certificates/issue-certificate.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { FactWorld } from './fact-world.ts';

/** How long a notification may take from the change to the endpoint. */
const PATIENCE_MS = 10_000;

/** A delivery: the path it was sent to, and its body. */
export interface Delivered {
  readonly path: string;
  readonly body: JsonObject;
}

/** An https endpoint that notifications can be sent to. It answers handshakes on every path. */
export interface Receiver {
  readonly origin: string;
  /** The next delivery that has not been taken yet, as soon as it is there. Rejects after ten seconds. */
  next(): Promise<Delivered>;
  close(): Promise<void>;
}

/** Opens an endpoint whose certificate the emulator trusts. */
export async function openReceiver({ emulator }: Pick<FactWorld, 'emulator'>): Promise<Receiver> {
  const { certPem, keyPem } = await issueCertificate(dirname(emulator.caFile));
  const delivered: Delivered[] = [];
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://localhost');
    const token = url.searchParams.get('validationToken');
    void readBody(request).then((body) => {
      if (token === null && isJsonObject(body)) delivered.push({ path: url.pathname, body });
      response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' }).end(token ?? '');
      server.emit('delivered');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    async next() {
      while (delivered.length === 0) await once(server, 'delivered', { signal: AbortSignal.timeout(PATIENCE_MS) });
      return delivered.shift() as Delivered;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
