import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from '@learnamp/testkit';

/** One event as it came, and its data read as JSON. */
export interface HeardEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A stream of events as a browser has it open. */
export interface Listener {
  readonly status: number;
  readonly type: string;
  readonly events: readonly HeardEvent[];
  readonly comments: readonly string[];
  /** Whether the server has ended it. */
  ended(): boolean;
  close(): void;
}

/** Opens a stream with the cookies of a browser. */
export function listen(
  browser: Browser,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Listener> {
  const { host, port, pathname } = new URL(url);
  const cookie = [...browser.cookies(host)].map(([name, value]) => `${name}=${value}`).join('; ');
  const events: HeardEvent[] = [];
  const comments: string[] = [];
  let ended = false;
  let text = '';
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: pathname, headers: { host, cookie, ...headers }, agent: false };
    const outgoing = request(options, (incoming) => {
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        const blocks = `${text}${chunk}`.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) note(block, events, comments);
      });
      incoming.on('close', () => (ended = true));
      const type = incoming.headers['content-type'] ?? '';
      const close = () => outgoing.destroy();
      resolve({ status: incoming.statusCode ?? 0, type, events, comments, ended: () => ended, close });
    });
    outgoing.on('error', reject).end();
  });
}

function note(block: string, events: HeardEvent[], comments: string[]): void {
  if (block.startsWith(':')) comments.push(block.slice(1).trim());
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const data = field('data');
  if (data === undefined) return;
  const read = JSON.parse(data) as HeardEvent['data'];
  events.push({ event: field('event') ?? 'message', id: field('id') ?? '', data: read });
}

/** Waits for a fact. @throws Error that names it when it doesn't come. */
export async function until(fact: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`did not come about: ${fact}`);
    await delay(10);
  }
}
