import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, a member of a batch included. */
export interface Arrived {
  readonly method: string;
  /** With the query, as it stood in the request line. */
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** `hang`: no answer at all. `cut`: the connection ends in the middle of the body. */
export type Answer =
  { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown } | 'hang' | 'cut';

export interface LocalGraph {
  /** Such as `http://127.0.0.1:40001`. */
  readonly origin: string;
  readonly arrived: Arrived[];
  close(): Promise<void>;
}

/** A server on this machine that answers as told. */
export async function startLocalGraph(answer: (request: Arrived, origin: string) => Answer): Promise<LocalGraph> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      arrived.push(seen);
      write(response, answer(seen, origin()));
    });
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: origin(),
    arrived,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

function write(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  if (answer === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"value":[', () => response.destroy());
    return;
  }
  const { status = 200, headers = {}, body } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
}

/** Answers a $batch by answering each member; anything else by itself. Members are answered in reverse order. */
export function withBatches(member: (request: Arrived, origin: string) => Exclude<Answer, string>) {
  return (request: Arrived, origin: string): Answer => {
    if (request.url !== '/v1.0/$batch') return member(request, origin);
    const { requests } = request.body as { requests: (Arrived & { id: string })[] };
    const responses = requests.map(({ id, ...rest }) => {
      const { status = 200, headers = {}, body } = member({ ...rest, url: `/v1.0${rest.url}` }, origin);
      return { id, status, headers, body };
    });
    return { body: { responses: responses.reverse() } };
  };
}

/** Graph's error body. */
export const graphError = (code: string, innerError?: unknown) => ({
  error: { code, message: 'as it is', ...(innerError === undefined ? {} : { innerError }) },
});
