import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { spansOf } from './otlp-json.ts';
import type { ToldSpan } from './told-span.ts';

/** A collector of traces: OTLP over HTTP, in JSON. */
export interface OtlpReceiver {
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` has to say. */
  readonly url: string;
  /** Every span that came, in the order in which they came. */
  readonly spans: () => readonly ToldSpan[];
  /** Requests that came, whatever became of them. */
  readonly requests: () => number;
  /** What came, as it came. */
  readonly bodies: () => readonly string[];
  /** From now on it takes what comes, refuses it, or never answers. */
  behave(how: 'take' | 'refuse' | 'hang'): void;
  stop(): Promise<void>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: string[] = [];
  let how: 'take' | 'refuse' | 'hang' = 'take';
  let requests = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    const body = await text(request);
    if (how === 'hang') return;
    if (how === 'take') bodies.push(body);
    response.writeHead(how === 'take' ? 200 : 400, { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((request, response) => {
    // Whoever is ended in the middle of a request has nothing to be answered.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => bodies.flatMap(spansOf),
    requests: () => requests,
    bodies: () => bodies,
    behave: (next) => (how = next),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
