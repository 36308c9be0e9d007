import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

// Every byte there is, so that none is changed on the way.
const bytes = Buffer.from(Array.from({ length: 256 }, (_none, index) => index));
const managerId = 'b0000000-0000-4000-8000-00000000000b';
let world: World;
let browser: Browser;
let learnerId: string;

beforeAll(async () => {
  world = await aWorld();
  learnerId = learnerIdOf(world.acme.id, 'microsoft', ada.oid);
  browser = createBrowser();
  await world.signIn(browser);
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  await world.gateway.models.photos.deleteMany({});
});

const storePhoto = (content: Buffer | null) =>
  world.gateway.models.photos.create({
    _id: learnerId,
    organisationId: world.acme.id,
    personId: ada.oid,
    version: '0000000001-000000000007',
    runId: 'run',
    etag: 'etag',
    mediaType: content && 'image/png',
    bytes: content,
  });

/** The bytes of the photo, as a browser that is signed in gets them. */
function fetchPhoto(): Promise<{
  status: number;
  type: string | undefined;
  etag: string | undefined;
  content: Buffer;
}> {
  const { host } = new URL(world.home);
  const cookie = [...browser.cookies(host)].map(([name, value]) => `${name}=${value}`).join('; ');
  const options = { host: '127.0.0.1', port: world.gateway.port, path: '/me/photo', headers: { host, cookie } };
  return new Promise((resolve, reject) => {
    request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { 'content-type': type, etag } = incoming.headers;
        resolve({ status: incoming.statusCode ?? 0, type, etag, content: Buffer.concat(chunks) });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('GET /me/photo', () => {
  it("is the learner's own photo, byte for byte, and not sent again while it is the same", async () => {
    await storePhoto(bytes);

    const { status, type, etag = '', content } = await fetchPhoto();

    expect([status, type, content.equals(bytes)]).toEqual([200, 'image/png', true]);
    expect((await browser.get(`${world.home}/me/photo`, { 'if-none-match': etag })).status).toBe(304);
    expect((await browser.get(`${world.home}/`)).body).toContain('src="/me/photo"');
  });

  it('is not there for somebody without a photo', async () => {
    expect((await fetchPhoto()).status).toBe(404);
    await storePhoto(null);
    expect((await fetchPhoto()).status).toBe(404);

    const { body } = await browser.get(`${world.home}/`);
    expect(body).not.toContain('/me/photo');
    expect(body).toMatch(/class="portrait"[^>]*>AL</);
  });

  it('is for those who are signed in', async () => {
    await storePhoto(bytes);

    expect((await createBrowser().get(`${world.home}/me/photo`)).status).toBe(401);
  });
});

describe("an organisation's home", () => {
  it("shows the department team's name and the manager, once they are learners", async () => {
    const { learners, teams } = world.gateway.models;
    const organisationId = world.acme.id;
    await teams.create({
      _id: 'tm_1',
      organisationId,
      name: 'Analytical Engines',
      origin: 'department',
      parentId: null,
    });
    await learners.updateOne(
      { _id: learnerId },
      { $set: { primaryTeamId: 'tm_1', manager: { personId: managerId, learnerId: null } } },
    );
    const before = (await browser.get(`${world.home}/`)).body;
    expect(before).toContain('Analytical Engines');
    expect(before).not.toContain('Manager');

    const manager = await storeLearner(world.gateway, { organisationId, personId: managerId, name: 'Mary Somerville' });
    await learners.updateOne({ _id: learnerId }, { $set: { 'manager.learnerId': manager._id } });
    expect((await browser.get(`${world.home}/`)).body).toContain('Mary Somerville');
  });

  it('shows names as text, whatever they are', async () => {
    const name = '<img src=x onerror=alert(1)>';
    await world.gateway.models.learners.updateOne({ _id: learnerId }, { $set: { 'fields.displayName': name } });

    const { body } = await browser.get(`${world.home}/`);
    expect(body).not.toContain('<img src=x');
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('shows only notices that it knows', async () => {
    expect((await createBrowser().get(`${world.home}/?notice=signed-out`)).body).toContain('You are signed out.');
    for (const notice of ['constructor', 'Call+us', '']) {
      expect((await createBrowser().get(`${world.home}/?notice=${notice}`)).body).not.toContain('class="notice"');
    }
  });
});

describe('the first Owner', () => {
  it('is the learner whose name was given at setup, once, and no one else', async () => {
    const { gateway } = world;
    const tenantId = '9f4e2d00-5c3e-4f8b-a0b1-3c9c6d4e5f04';
    const { id } = await gateway.organisation({
      subdomain: 'initech',
      name: 'Initech',
      tenantId,
      firstOwner: 'GRACE@initech.example',
    });
    const grace = { oid: 'd0000000-0000-4000-8000-00000000000d', preferred_username: 'somebody@else.example' };
    // The token says that he is Grace; the directory does not.
    const bill = { oid: 'e0000000-0000-4000-8000-00000000000e', preferred_username: 'grace@initech.example' };
    await storeLearner(gateway, {
      organisationId: id,
      personId: grace.oid,
      name: 'Grace',
      userPrincipalName: 'grace@initech.example',
    });
    await storeLearner(gateway, {
      organisationId: id,
      personId: bill.oid,
      name: 'Bill',
      userPrincipalName: 'bill@initech.example',
    });
    const home = `http://initech.localhost:${gateway.port}`;
    const signIn = async (person: typeof grace) => {
      const own = createBrowser();
      const { location } = await own.post(`${home}/sign-in/microsoft`);
      return world.goBack(own, world.op.authorize(location, person));
    };

    await signIn(bill);
    expect(await gateway.roles.owners(id)).toEqual([]);

    await signIn(grace);
    expect(await gateway.roles.owners(id)).toEqual([learnerIdOf(id, 'microsoft', grace.oid)]);
    expect((await gateway.organisations.findById(id))?.firstOwner).toBeNull();
  });
});
