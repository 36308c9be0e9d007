import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { issueCertificate } from '../certificates/issue-certificate.ts';
import type { Emulator } from '../emulator.ts';
import type { FactWorld } from './fact-world.ts';

/** What was posted to an endpoint. */
export interface Posted {
  /** With the query string, as it was sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** An answer of an endpoint, `after` so many milliseconds of the world's time. */
export interface EndpointAnswer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly after: number;
}

/** How an endpoint answers; `token` is the decoded validation token of a handshake. Undefined for not at all. */
export type Answering = (posted: Posted, token: string | undefined) => EndpointAnswer | undefined;

/** An https endpoint that notifications can be sent to. */
export interface Receiver {
  readonly origin: string;
  /** Everything that came, in order, handshakes included. */
  readonly posted: readonly Posted[];
  /** How many posts wait for an answer that is due later, or never. */
  readonly holding: number;
  /** Set back by `reset`. */
  answering: Answering;
  /** Those that are no handshakes. */
  deliveries(): readonly Posted[];
  /** Forgets what came, and answers as an endpoint should. */
  reset(): void;
  close(): Promise<void>;
}

/** As Microsoft's own sample does: whoever brings a token is answered with it, the rest is taken. */
export const asItShould: Answering = (_posted, token) =>
  token === undefined ? { status: 202, after: 0 } : { status: 200, body: token, after: 0 };

/** Opens an endpoint whose certificate the emulator trusts. */
export async function openReceiver(world: Pick<FactWorld, 'emulator' | 'endpoints' | 'schedule'>): Promise<Receiver> {
  const { emulator, endpoints, schedule } = world;
  const { certPem, keyPem } = await issueCertificate(dirname(emulator.caFile));
  const posted: Posted[] = [];
  const held = new Set<ServerResponse>();
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    void readPosted(request).then((one) => {
      posted.push(one);
      answer(response, receiver.answering(one, tokenOf(one)));
    });
  });
  const answer = (response: ServerResponse, wanted: EndpointAnswer | undefined): void => {
    if (wanted?.after === 0) {
      send(response, wanted);
      return;
    }
    held.add(response);
    response.on('close', () => held.delete(response));
    if (wanted) schedule(() => send(response, wanted), wanted.after);
  };
  const receiver: Receiver = {
    origin: `https://${await listenAnew(server, emulator)}`,
    posted,
    get holding() {
      return held.size;
    },
    answering: asItShould,
    deliveries: () => posted.filter((one) => tokenOf(one) === undefined),
    reset() {
      posted.length = 0;
      receiver.answering = asItShould;
    },
    async close() {
      endpoints.delete(receiver);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  endpoints.add(receiver);
  return receiver;
}

/** Listens at a port that nothing was posted to before: the emulator remembers endpoints by host and port. */
async function listenAnew(server: Server, emulator: Pick<Emulator, 'notifications'>): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  if (!emulator.notifications.endpoints().has(host)) return host;
  await new Promise((done) => server.close(done));
  return listenAnew(server, emulator);
}

async function readPosted(request: IncomingMessage): Promise<Posted> {
  return { target: request.url ?? '/', headers: request.headers, text: await text(request) };
}

function tokenOf({ target }: Posted): string | undefined {
  return new URL(target, 'https://localhost').searchParams.get('validationToken') ?? undefined;
}

function send(response: ServerResponse, { status, type = 'text/plain', body = '' }: EndpointAnswer): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
