import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { issueCertificate } from '../../src/index.ts';

export interface Received {
  readonly path: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** One element of what Graph posts, as far as tests look into it. */
export interface Notification {
  changeType?: string;
  resource?: string;
  resourceData?: Record<string, unknown>;
}

/** An https endpoint that answers as told and remembers what came. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Notifications, not handshakes. */
  notifications(): Notification[];
  /** What to answer instead of an echo of the token, and of 202. */
  answer: {
    handshake?: (encoded: string, decoded: string) => [status: number, type: string, body: string];
    status?: number;
  };
}

/** Opens receivers in a test and closes them after. */
export function receivers(certificateDirectory: () => string): () => Promise<Receiver> {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });
  return async () => {
    const { certPem, keyPem } = await issueCertificate(certificateDirectory());
    const receiver = aReceiver();
    const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        receiver.received.push({ path: request.url ?? '', contentType: request.headers['content-type'], body });
        const [status, type, answer] = receiver.respond(request.url ?? '');
        response.writeHead(status, { 'content-type': type }).end(answer);
      });
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    receiver.url = `https://localhost:${(server.address() as AddressInfo).port}/notify?for=us`;
    return receiver;
  };
}

function aReceiver() {
  const receiver = {
    url: '',
    received: [] as Received[],
    answer: {} as Receiver['answer'],
    notifications: () =>
      receiver.received
        .filter(({ body }) => body !== '')
        .flatMap(({ body }) => (JSON.parse(body) as { value: Notification[] }).value),
    respond(path: string): [number, string, string] {
      const [, encoded] = /validationToken=([^&]*)/.exec(path) ?? [];
      if (encoded === undefined) return [receiver.answer.status ?? 202, 'text/plain', ''];
      const decoded = new URL(path, 'https://localhost').searchParams.get('validationToken') ?? '';
      return receiver.answer.handshake?.(encoded, decoded) ?? [200, 'text/plain', decoded];
    },
  };
  return receiver;
}
