import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { addHealthRoutes, type Health, startHealthServer } from '../src/index.ts';

let server: Awaited<ReturnType<typeof startHealthServer>> | undefined;

afterEach(() => server?.close());

async function ask(health: Health, path: string) {
  server = await startHealthServer(health, { port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/health/${path}`);
  await server.close();
  return [answer.status, await answer.json()];
}

const [up, down] = [() => true, () => false];

describe('the health routes', () => {
  it.each([
    ['live', { live: up, ready: down }, 200],
    ['live', { live: down, ready: up }, 503],
    ['ready', { live: down, ready: up }, 200],
    ['ready', { live: up, ready: () => Promise.resolve(false) }, 503],
  ])('answer %s by what the service says of itself', async (path, health, status) => {
    expect(await ask(health, path)).toEqual([status, { status: status === 200 ? 'ok' : 'unavailable' }]);
  });
});

describe('a server that is about to close', () => {
  async function askTwice() {
    const leaving = new AbortController();
    const door = Fastify();
    addHealthRoutes(door, { live: up, ready: up }, leaving.signal);
    door.get('/', () => 'served');
    const ask = async (path: string) => {
      const { statusCode, headers } = await door.inject(path);
      return [statusCode, headers.connection];
    };
    const askAll = async () => [await ask('/'), await ask('/health/ready'), await ask('/health/live')];
    const before = await askAll();
    leaving.abort();
    return { before, after: await askAll() };
  }

  it('serves on, says that it is not ready, and ends each connection with its answer', async () => {
    const { before, after } = await askTwice();

    expect(after).toEqual([
      [200, 'close'],
      [503, 'close'],
      [200, 'close'],
    ]);
    expect(before).toEqual([200, 200, 200].map((status) => [status, 'keep-alive']));
  });
});
