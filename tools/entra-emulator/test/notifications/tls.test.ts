import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { changeJob, subscribeMore, wanted } from '../../src/conformance/facts/notifications/subscribing.ts';
import { issueCertificate } from '../../src/index.ts';
import { worlds } from './a-world.ts';

jest.setTimeout(30_000);

const open = worlds();
const servers: Server[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A certificate of an authority that the emulator does not know. */
async function aForeignCertificate() {
  const folder = await mkdtemp(join(tmpdir(), 'foreign-authority-'));
  folders.push(folder);
  return issueCertificate(folder);
}

/** An endpoint that answers as it should, with a certificate. */
async function anEndpoint({ certPem, keyPem }: { certPem: string; keyPem: string }) {
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    const token = new URL(request.url ?? '', 'https://localhost').searchParams.get('validationToken');
    response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' }).end(token ?? '');
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('an endpoint', () => {
  it('may have a certificate of the emulator, and none of an authority that nobody knows', async () => {
    const { world, receiver } = await open();
    const known = await anEndpoint(await issueCertificate(dirname(world.emulator.caFile)));
    const foreign = await anEndpoint(await aForeignCertificate());
    const ask = (notificationUrl: string) =>
      world.call('POST', '/subscriptions', { body: wanted(world, receiver, { notificationUrl }) });

    const refused = await ask(`https://localhost:${foreign.port}/`);
    const made = await ask(`https://localhost:${known.port}/`);

    expect([refused.status, made.status]).toEqual([400, 201]);
    expect(refused.body).toMatchObject({ error: { code: 'ValidationError' } });
  });

  it('must be who its certificate says', async () => {
    const { world, receiver } = await open();
    const { port } = await anEndpoint(await issueCertificate(dirname(world.emulator.caFile)));

    const { status } = await world.call('POST', '/subscriptions', {
      body: wanted(world, receiver, { notificationUrl: `https://127.0.0.2:${port}/` }),
    });

    expect(status).toBe(400);
  });

  it('is told nothing any more once it shows a certificate that nobody knows, until it shows another', async () => {
    const { world, receiver } = await open();
    const trusted = await issueCertificate(dirname(world.emulator.caFile));
    const { server, port } = await anEndpoint(trusted);
    await subscribeMore(world, receiver, { notificationUrl: `https://localhost:${port}/` });
    const foreign = await aForeignCertificate();

    server.setSecureContext({ cert: foreign.certPem, key: foreign.keyPem });
    await changeJob(world);
    await world.pass(500);
    server.setSecureContext({ cert: trusted.certPem, key: trusted.keyPem });
    await world.pass(5000);

    expect(world.emulator.notifications.deliveries().map(({ outcome }) => outcome)).toEqual([
      'unreachable',
      'delivered',
    ]);
  });
});
