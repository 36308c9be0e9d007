import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createEntra } from '../../src/entra/create-entra.ts';
import { aDirectory, TENANT_ID } from './a-directory.ts';

const servers: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function anEntra() {
  return createEntra({
    directories: [aDirectory()],
    httpUrl: () => 'http://localhost:1',
    httpsUrl: () => 'https://localhost:2',
    clock: () => new Date(),
  });
}

describe('createEntra', () => {
  it('leaves the other routes of a server their own bodies and errors', async () => {
    const server = fastify();
    servers.push(server);
    await server.register((await anEntra()).plugin);
    server.post('/v1.0/users', (request) => request.body);
    server.post('/v1.0/broken', () => {
      throw new Error('broken');
    });

    const json = await server.inject({ method: 'POST', url: '/v1.0/users', payload: { displayName: 'Ada' } });
    const broken = await server.inject({ method: 'POST', url: '/v1.0/broken' });

    expect(json.json()).toEqual({ displayName: 'Ada' });
    expect(broken.json()).toMatchObject({ statusCode: 500, message: 'broken' });
  });

  it('shows one set of keys at every door', async () => {
    const entra = await anEntra();
    const keys = async () => {
      const server = fastify();
      servers.push(server);
      await server.register(entra.plugin);
      return (await server.inject(`/${TENANT_ID}/discovery/v2.0/keys`)).json<unknown>();
    };

    expect(await keys()).toEqual(await keys());
  });
});
