import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { WebhookIngestDeps } from '../../src/index.ts';
import { aChangeNotification } from '../a-change-notification.ts';
import { type Door, startDoor } from '../start-door.ts';

const open: Door[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(open.splice(0).map((door) => door.close()));
});

async function doorWith(deps: Partial<WebhookIngestDeps> = {}): Promise<Door> {
  const door = await startDoor(() => deps);
  open.push(door);
  return door;
}

/** Sends bytes as they are. */
async function write(door: Door, bytes: string): Promise<Socket> {
  const socket = connect(Number(new URL(door.origin).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

const post = (length: number) =>
  `POST /graph/notifications HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** Waits for so many bytes of bodies to be in memory. */
async function held(door: Door, bytes: number): Promise<void> {
  const now = async () => Object.values(await door.counted('body_bytes'))[0];
  for (let look = 0; look < 1_000; look += 1) {
    if ((await now()) === bytes) return;
    await fetch(`${door.origin}/health/live`);
  }
  throw new Error(`${await now()} bytes are held instead of ${bytes}`);
}

describe('bodies that wait for their end', () => {
  it('have a room together, beyond which the answer is 503 until one of them is gone', async () => {
    const door = await doorWith({ maxBodyBytes: 3_000 });
    const send = () => door.post('/graph/notifications', { value: [aChangeNotification(door.keys)] });
    const slow = await write(door, post(5_000) + 'x'.repeat(2_900));
    await held(door, 2_900);

    const refused = await send();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');

    slow.destroy();
    await held(door, 0);
    expect((await send()).status).toBe(202);
    await held(door, 0);
  });
});

describe('a body', () => {
  it('of more elements than fit in notifications is refused as a whole, before any is looked at', async () => {
    const door = await doorWith();
    const answers = await Promise.all(
      [5_000, 5_001].map((count) => door.post('/graph/notifications', { value: Array(count).fill(0) })),
    );

    expect(answers.map(({ status }) => status)).toEqual([202, 400]);
    expect(await door.counted('notifications_total')).toEqual({ malformed: 5_000 });
  });
});

describe('what is no request', () => {
  const tooLong = `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`;

  it.each([
    ['no HTTP', '<script>alert(1)</script>\r\n\r\n', 400],
    ['headers beyond their length', tooLong, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ])('with %s gets a problem, nothing of itself, and the end of the connection', async (_name, bytes, status) => {
    const door = await doorWith();

    const answer = await text(await write(door, bytes));

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toMatch(/script|xxx/);
    expect((await door.post('/graph/notifications', { value: [] })).status).toBe(202);
  });

  it('is counted by its answer', async () => {
    const door = await doorWith();

    const answer = await text(await write(door, tooLong));

    expect(answer).toContain('"code":"too-large"');
    expect(answer).toContain("content-security-policy: default-src 'none'");
    expect(await door.counted('answer_seconds')).toMatchObject({ 431: 1 });
  });
});
