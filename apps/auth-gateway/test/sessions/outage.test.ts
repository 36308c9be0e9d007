import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBrowser, type FakeOp, startFakeOp, startMongo } from '@learnamp/testkit';
import { storeLearner } from '../fixtures/a-learner.ts';
import { type Gateway, startGateway } from '../fixtures/gateway.ts';
import { ada, CLIENT_ID, TENANT_ID } from '../fixtures/world.ts';

let op: FakeOp;
let gateway: Gateway;
let mongo: Awaited<ReturnType<typeof startMongo>>;

beforeAll(async () => {
  // A server of its own, since this test stops it.
  [mongo, op] = await Promise.all([startMongo({ own: true }), startFakeOp()]);
  const uri = `${mongo.uri()}&serverSelectionTimeoutMS=500`;
  gateway = await startGateway(uri, { clientId: CLIENT_ID, authorityHost: op.url });
}, 120_000);

afterAll(async () => {
  await gateway.stop();
  await op.stop();
  await mongo.stop();
});

describe('without MongoDB', () => {
  it('nobody is let in: requests are answered by 503, and the service is not ready', async () => {
    const home = `http://acme.localhost:${gateway.port}`;
    const browser = createBrowser();
    const { id: organisationId } = await gateway.organisation({ tenantId: TENANT_ID });
    await storeLearner(gateway, { organisationId, personId: ada.oid });
    const { location } = await browser.post(`${home}/sign-in/microsoft`);
    await browser.get((await browser.get(op.authorize(location, ada))).location);
    expect((await browser.get(`${home}/`)).body).toContain('Hello, Ada Lovelace');
    expect((await browser.get(`${home}/health/ready`)).status).toBe(200);

    await mongo.stop();

    const page = await browser.get(`${home}/`);
    expect([page.status, page.body.includes('Ada')]).toEqual([503, false]);
    const api = await browser.get(`${home}/api/sync-runs/latest`);
    expect([api.status, JSON.parse(api.body)]).toMatchObject([503, { code: 'unavailable', status: 503 }]);
    expect(api.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect((await browser.get(`${home}/health/live`)).status).toBe(200);
    // The driver notices by its heartbeat.
    await untilStatus(503, async () => (await browser.get(`${home}/health/ready`)).status);
  }, 60_000);
});

async function untilStatus(wanted: number, ask: () => Promise<number>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while ((await ask()) !== wanted) {
    if (performance.now() > deadline) throw new Error(`not ${wanted} within 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
