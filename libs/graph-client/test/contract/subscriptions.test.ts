import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueCertificate } from '@learnamp/entra-emulator';
import { testCaDirectory } from '@learnamp/testkit';
import {
  createSubscription,
  listSubscriptions,
  reauthorizeSubscription,
  removeSubscription,
  renewSubscription,
} from '../../src/index.ts';
import { graphErrorOf } from '../a-client.ts';
import { type LocalMicrosoft, startLocalMicrosoft } from './local-microsoft.ts';

let microsoft: LocalMicrosoft;
let receiver: Server;
beforeAll(async () => {
  microsoft = await startLocalMicrosoft();
  const { certPem, keyPem } = await issueCertificate(testCaDirectory());
  receiver = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://localhost');
    response.writeHead(pathname === '/deaf' ? 500 : 200, { 'content-type': 'text/plain' });
    response.end(searchParams.get('validationToken'));
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
}, 60_000);
afterAll(async () => {
  await microsoft.emulator.stop();
  receiver.closeAllConnections();
  receiver.close();
  await once(receiver, 'close');
});

const wanted = (path = '/notifications') => {
  const url = `https://localhost:${(receiver.address() as AddressInfo).port}${path}`;
  return {
    resource: 'users',
    changeType: 'updated,deleted',
    notificationUrl: url,
    lifecycleNotificationUrl: url,
    clientState: 'a state',
    expirationDateTime: new Date(Date.now() + 3_600_000),
  };
};

describe('a subscription at Graph', () => {
  it('is created, found, renewed and removed', async () => {
    const client = microsoft.client('reader');
    const later = new Date(Date.now() + 7_200_000);

    const created = await createSubscription(client, wanted());
    const listed = await listSubscriptions(client);
    const renewed = await renewSubscription(client, created.id, later);
    await removeSubscription(client, created.id);

    expect(listed.map(({ id, resource }) => ({ id, resource }))).toEqual([{ id: created.id, resource: 'users' }]);
    expect(renewed.expirationDateTime.getTime()).toBe(later.getTime());
    expect(await listSubscriptions(client)).toEqual([]);
    expect((await graphErrorOf(renewSubscription(client, created.id, later))).code).toBe('not-found');
    await expect(removeSubscription(client, created.id)).resolves.toBeUndefined();
  });

  it('is reauthorised, and not renewed right after', async () => {
    const client = microsoft.client('reader');
    const { id } = await createSubscription(client, wanted());

    await reauthorizeSubscription(client, id);

    const later = new Date(Date.now() + 7_200_000);
    expect((await graphErrorOf(renewSubscription(client, id, later))).code).toBe('conflict');
    await removeSubscription(client, id);
  });

  it('is a conflict when there is one already', async () => {
    const client = microsoft.client('reader');
    const { id } = await createSubscription(client, wanted());

    expect((await graphErrorOf(createSubscription(client, wanted()))).code).toBe('conflict');
    await removeSubscription(client, id);
  });

  it('is a bad request when its address does not answer the handshake', async () => {
    const error = await graphErrorOf(createSubscription(microsoft.client('reader'), wanted('/deaf')));

    expect(error).toMatchObject({ code: 'bad-request', status: 400 });
  });

  it('on groups is forbidden without Group.Read.All', async () => {
    const error = await graphErrorOf(
      createSubscription(microsoft.client('outsider'), { ...wanted(), resource: 'groups' }),
    );

    expect(error.code).toBe('forbidden');
  });
});
