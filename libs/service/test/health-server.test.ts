import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Health, startHealthServer } from '../src/index.ts';

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
