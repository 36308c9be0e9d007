import { Agent, request, type RequestOptions } from 'node:http';

/** One request, and what must be in its answer. */
export interface TimedRequest {
  readonly path: string;
  readonly options: RequestOptions;
  readonly body?: string;
  readonly expected: string;
}

/** Requests that wait for their answers at the same time, each on a connection that is kept. */
const CONNECTIONS = 16;

/** Makes the requests as fast as they are answered. Rejects for the first answer that isn't the expected one. */
export async function sendRequests(
  origin: string,
  count: number,
  make: (index: number) => TimedRequest,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await sendOne(origin, agent, make(index));
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  } finally {
    agent.destroy();
  }
}

function sendOne(origin: string, agent: Agent, { path, options, body, expected }: TimedRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${origin}${path}`, { agent, ...options }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('error', reject).on('end', () => {
        if (answer.statusCode === 200 && text.includes(expected)) resolve();
        else reject(new Error(`${path} was answered with ${String(answer.statusCode)} ${text.slice(0, 200)}`));
      });
    });
    outgoing.on('error', reject).end(body);
  });
}
