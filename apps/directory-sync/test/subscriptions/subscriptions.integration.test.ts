import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseKeyRing, verifyClientState } from '@learnamp/contracts';
import { issueCertificate } from '@learnamp/entra-emulator';
import { organisationModel } from '@learnamp/organisations';
import { testCaDirectory } from '@learnamp/testkit';
import { user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

const DAY = 24 * 3_600_000;
const oldKey = `k1:${Buffer.alloc(32, 7).toString('base64url')}`;
const keys = parseKeyRing(oldKey);

interface Posted {
  readonly path: string;
  readonly clientState: string;
}

/** An address that answers Graph's handshake and keeps what Graph posts. */
async function startReceiver(posts: Posted[]): Promise<Server> {
  const { certFile, keyFile } = await issueCertificate(testCaDirectory(), ['localhost']);
  const server = createServer({ cert: await readFile(certFile), key: await readFile(keyFile) }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
    const token = searchParams.get('validationToken');
    void text(request).then((body) => {
      response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' }).end(token ?? '');
      if (token !== null) return;
      const { value } = JSON.parse(body) as { value: { clientState: string }[] };
      posts.push(...value.map(({ clientState }) => ({ path: pathname, clientState })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('the subscriptions of an organisation', () => {
  let system: System;
  let receiver: Server;
  let notificationUrl: string;
  const posts: Posted[] = [];

  beforeAll(async () => {
    receiver = await startReceiver(posts);
    notificationUrl = `https://localhost:${(receiver.address() as AddressInfo).port}`;
    system = await startSystem({ subscriptions: { notificationUrl, clientStateKeys: keys } });
    await system.start();
    await system.settled();
  });
  afterAll(async () => {
    await system.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const records = () => system.stores.subscriptions.find().sort({ kind: 1 }).lean();
  const counts = () => ({ ...system.emulator.requests.byTemplate });
  const pass = async (ms: number) => {
    system.advance(ms);
    await system.settled();
  };

  it('are two, kept with their ids', async () => {
    expect((await records()).map(({ kind }) => kind)).toEqual(['groups', 'users']);
    expect(counts()['POST /subscriptions']).toBe(2);
  });

  it('post changes and lifecycle notifications to their addresses, with a clientState that verifies', async () => {
    const [groups] = await records();
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Posted' });
    expect(system.emulator.requireReauthorization(groups?.subscriptionId ?? '')).toBe(true);
    await until('both arrived', () => posts.length >= 2);

    const { id: organisationId } = system.organisation;
    const said = posts.map(({ path, clientState }) => [
      path,
      verifyClientState(keys, clientState, system.emulator.tenantId),
    ]);
    expect(said).toEqual(
      expect.arrayContaining([
        ['/graph/notifications', { kind: 'users', organisationId }],
        ['/graph/lifecycle', { kind: 'groups', organisationId }],
      ]),
    );
  });

  it('are left alone while they have long to live, and renewed early', async () => {
    const before = await records();
    await pass(DAY);
    expect(counts()['PATCH /subscriptions/{subscription}']).toBeUndefined();

    await pass(14 * DAY);

    expect(counts()['PATCH /subscriptions/{subscription}']).toBe(2);
    const after = await records();
    expect(after.map(({ subscriptionId }) => subscriptionId)).toEqual(
      before.map(({ subscriptionId }) => subscriptionId),
    );
    expect(after[0]?.expiresAt.getTime()).toBeGreaterThan(before[0]?.expiresAt.getTime() ?? Infinity);
  });

  it('are renewed at once when Graph asks for it', async () => {
    const before = counts()['PATCH /subscriptions/{subscription}'] ?? 0;
    await system.hint({ kind: 'users', lifecycleEvent: 'reauthorizationRequired' });
    await system.settled();

    expect(counts()['PATCH /subscriptions/{subscription}']).toBe(before + 2);
  });

  it('are followed by a round once they are reauthorised: what changes until then is told by nobody', async () => {
    const asked: string[] = [];
    let changed: Promise<void> | undefined;
    system.faults.beforeRequest = ({ template }) => {
      if (template.endsWith('/delta') || template.startsWith('PATCH')) asked.push(template);
      // While Graph doesn't deliver: after the round that the question itself begins, before the answer to it.
      if (template === 'GET /subscriptions')
        changed ??= system.change('PATCH', `/users/${user(2)}`, { jobTitle: 'Untold' });
      return undefined;
    };
    await system.hint({ kind: 'users', lifecycleEvent: 'reauthorizationRequired' });
    await until('it is told', async () => (await system.learner(user(2)))?.fields.jobTitle === 'Untold');
    system.faults.beforeRequest = undefined;
    await system.settled();

    const renewed = asked.indexOf('PATCH /subscriptions/{subscription}');
    expect(asked.slice(0, renewed).some((template) => template.endsWith('/delta'))).toBe(true);
    expect(asked.slice(renewed).some((template) => template.endsWith('/delta'))).toBe(true);
  });

  it('are made again when Graph dropped one, and what was missed meanwhile is asked for', async () => {
    const [groups] = await records();
    const { seenAt } = groups ?? {};
    await system.change('DELETE', `/subscriptions/${groups?.subscriptionId ?? ''}`);
    system.watched.markers.length = 0;
    await pass(11 * 60_000);

    const [again] = await records();
    expect(again?.subscriptionId).not.toBe(groups?.subscriptionId);
    const rounds = () => system.watched.markers.filter(({ mode, stage }) => mode === 'delta' && stage === 'finished');
    const repairs = () => rounds().filter(({ gapSince }) => gapSince !== undefined);
    expect(repairs()).toMatchObject([{ trigger: 'subscription gap', gapSince: seenAt?.toISOString() }]);
    const before = rounds().length;
    await pass(16 * 60_000);
    expect(rounds().length).toBeGreaterThan(before);
    expect(repairs()).toHaveLength(1);
  });

  it('are made anew under a new key, so that the old one may be retired, and nothing is missed meanwhile', async () => {
    const before = await records();
    const rotated = parseKeyRing(`k2:${Buffer.alloc(32, 8).toString('base64url')},${oldKey}`);
    const newAlone = parseKeyRing(`k2:${Buffer.alloc(32, 8).toString('base64url')}`);
    await system.stop();
    system.watched.markers.length = 0;
    posts.length = 0;

    await system.start({ notificationUrl, clientStateKeys: rotated });
    await system.settled();

    const after = await records();
    expect(after.map(({ clientStateKey }) => clientStateKey)).toEqual(['k2', 'k2']);
    expect(system.emulator.notifications.subscriptions()).toHaveLength(2);
    expect(after.map(({ subscriptionId }) => subscriptionId)).not.toEqual(
      before.map(({ subscriptionId }) => subscriptionId),
    );
    const repairs = system.watched.markers.filter(({ trigger }) => trigger === 'subscription gap');
    expect(repairs.length).toBeGreaterThan(0);
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Under a new key' });
    await until('it arrived', () => posts.length > 0);
    const { clientState } = posts[0] as Posted;
    expect(verifyClientState(newAlone, clientState, system.emulator.tenantId)).toMatchObject({ kind: 'users' });
    await pass(11 * 60_000);
    expect(await records()).toMatchObject(after.map(({ subscriptionId }) => ({ subscriptionId })));
  });

  it('are ended in a tenant that the organisation has let go of, which is nowhere in plain text', async () => {
    const kept = await records();
    expect(JSON.stringify(kept)).not.toContain(system.emulator.tenantId);
    expect(system.emulator.notifications.subscriptions()).toHaveLength(2);

    await organisationModel(system.connection).updateOne({}, { $set: { microsoft: null }, $inc: { revision: 1 } });
    await until('they are forgotten', async () => (await records()).length === 0);

    expect(system.emulator.notifications.subscriptions()).toEqual([]);
  });
});
