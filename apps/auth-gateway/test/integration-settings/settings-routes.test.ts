import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { defaultNotifications, defaultProvisioning, type Organisation } from '@learnamp/organisations';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
let world: World;
let owner: Browser;

beforeAll(async () => {
  world = await aWorld();
  await storeLearner(world.gateway, { organisationId: world.acme.id, personId: grace.oid, name: grace.name });
  await world.gateway.roles.grant(world.acme.id, learnerIdOf(world.acme.id, 'microsoft', grace.oid), 'Owner');
  owner = createBrowser();
  await world.signIn(owner, grace);
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  await world.gateway.organisations.changeProvisioning(world.acme.id, defaultProvisioning);
  await world.gateway.models.auditEntries.deleteMany({});
  await world.gateway.models.auditHeads.deleteMany({});
});

const settings = async (): Promise<Organisation> => {
  const found = await world.gateway.organisations.findById(world.acme.id);
  if (!found) throw new Error('the organisation is gone');
  return found;
};

const patch = async (change: object, browser = owner, headers = {}) => {
  const { revision } = await settings();
  return browser.send('PATCH', `${world.home}/api/settings`, { revision, ...change }, headers);
};

/** The form as the page has it, read out of the page, with what somebody changes in it. */
async function formOfPage(changes: Readonly<Record<string, string | undefined>>) {
  const { body } = await owner.get(`${world.home}/settings`);
  const valueOf = (html: string) => /value="([^"]*)"/.exec(html)?.[1] ?? '';
  const inputs = [...body.matchAll(/<input[^>]*name="(\w+)"[^>]*>/g)].flatMap(([html, name = '']) => {
    if (!html.includes('type="checkbox"')) return [[name, valueOf(html)] as const];
    return html.includes('checked') ? [[name, 'on'] as const] : [];
  });
  const mapping = (/<textarea[^>]*>([^<]*)</.exec(body)?.[1] ?? '').replaceAll('&quot;', '"');
  const invitations = /<option value="(\w+)" selected>/.exec(body)?.[1] ?? '';
  const form: Record<string, string | undefined> = {
    ...Object.fromEntries(inputs),
    mapping,
    invitations,
    ...changes,
  };
  return Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

describe('the settings page', () => {
  it('stores nothing new when nothing is changed on it', async () => {
    const before = await settings();

    const answer = await owner.post(`${world.home}/settings`, await formOfPage({}));

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/settings?saved=1`]);
    expect(await settings()).toEqual(before);
    expect(await world.gateway.models.auditEntries.countDocuments()).toBe(0);
  });

  it('stores what is changed, and shows who changed it', async () => {
    const form = await formOfPage({ managers: undefined, removalShare: '2.5', removalNumber: '', invitations: 'off' });

    await owner.post(`${world.home}/settings`, form);

    const { provisioning } = await settings();
    expect(provisioning).toMatchObject({ managers: false, invitations: 'off', photos: true });
    expect(provisioning.limits.removal).toEqual({ share: 0.025, small: 5, number: null });
    const { body } = await owner.get(`${world.home}/settings?saved=1`);
    expect(body).toContain('Your settings are stored.');
    expect(body).toMatch(/Grace Hopper[^]*provisioning\.managers: true → false/);
  });

  it('changes nothing of what can not be, says why, and shows what was typed', async () => {
    const mapping = '{"rules": [{"field": "shoeSize", "from": "x"}], "customFields": []}';
    const form = await formOfPage({ photos: undefined, mapping });

    const answer = await owner.post(`${world.home}/settings`, form);

    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Nothing is changed');
    expect(answer.body).toContain('shoeSize');
    expect((await settings()).provisioning).toEqual(defaultProvisioning);
  });

  it.each(['{not json', '', '[]'])('takes no mapping like %s', async (mapping) => {
    const answer = await owner.post(`${world.home}/settings`, await formOfPage({ mapping }));

    expect([answer.status, (await settings()).provisioning.mapping]).toEqual([422, defaultProvisioning.mapping]);
  });

  it('refuses a form of older settings', async () => {
    const form = await formOfPage({ photos: undefined });
    await patch({ provisioning: { managers: false } });

    const answer = await owner.post(`${world.home}/settings`, form);

    expect([answer.status, answer.body]).toEqual([409, expect.stringContaining('changed meanwhile')]);
    expect((await settings()).provisioning).toMatchObject({ photos: true, managers: false });
  });
});

describe('the settings API', () => {
  it('gives the settings with their revision, and takes a part of them', async () => {
    expect((await patch({ provisioning: { outOfScope: { keep: true, graceDays: 30 } } })).status).toBe(204);

    const { body } = await owner.get(`${world.home}/api/settings`);
    const { revision, provisioning } = await settings();
    const passwords = { enabled: true, breakGlassOwner: null };
    const notifications = defaultNotifications;
    expect(JSON.parse(body)).toEqual({
      ...{ revision, provisioning, passwords, notifications, signInTest: null },
      singleSignOn: { enabled: true, guests: false },
    });
    expect(provisioning.outOfScope).toEqual({ keep: true, graceDays: 30 });
    expect(body).not.toContain(world.acme.microsoft?.tenantId);
  });

  it('takes who is mailed what, and no address comes into the log', async () => {
    const addresses = ['ana@acme.example', 'desk@it.example'];
    expect((await patch({ notifications: { summary: false, addresses } })).status).toBe(204);

    const { notifications } = JSON.parse((await owner.get(`${world.home}/api/settings`)).body) as Organisation;
    expect(notifications).toEqual({ ...defaultNotifications, summary: false, addresses });
    const { body } = await owner.get(`${world.home}/api/settings/changes`);
    expect((JSON.parse(body) as { changes: object[] }).changes[0]).toMatchObject({
      changes: [
        { path: 'notifications.summary', old: true, new: false },
        { path: 'notifications.addresses', old: '0 addresses', new: '2 addresses' },
      ],
    });
    expect((await patch({ notifications: defaultNotifications })).status).toBe(204);
  });

  it.each([
    [
      'an address that is none',
      ['ana@acme.example', 'not an address'],
      422,
      'notifications.addresses.1 must be an email',
    ],
    ['the same address twice', ['ana@acme.example', 'Ana@acme.example'], 422, 'twice'],
    ['too many addresses', Array.from({ length: 21 }, (_none, n) => `a${n}@acme.example`), 422, 'more than 20'],
  ])('refuses %s, and changes nothing', async (_what, addresses, status, why) => {
    const before = await settings();

    const answer = await patch({ notifications: { addresses } });

    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(why)]);
    expect(await settings()).toEqual(before);
  });

  it('says what changed, when, and by whom', async () => {
    await patch({ singleSignOn: { enabled: false } });
    await patch({ singleSignOn: { enabled: true, guests: false } });

    const { changes } = JSON.parse((await owner.get(`${world.home}/api/settings/changes`)).body) as {
      changes: object[];
    };
    expect(changes).toMatchObject([
      { sequence: 2, who: 'Grace Hopper', changes: [{ path: 'singleSignOn.enabled', old: false, new: true }] },
      { sequence: 1, changes: [{ old: true, new: false }] },
    ]);
  });

  it.each([
    ['an unknown setting', { provisioning: { colour: 'red' } }, 422],
    ['a value of the wrong kind', { provisioning: { enabled: 'yes' } }, 422],
    ['something else', { tenantId: 'x' }, 400],
    ['an old revision', { revision: 1_000_000, provisioning: { photos: false } }, 409],
  ])('refuses %s with a problem document, and changes nothing', async (_what, change, status) => {
    const before = await settings();

    const answer = await patch(change);

    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(await settings()).toEqual(before);
  });

  it('is none of the business of a learner, of nobody, of another organisation and of another site', async () => {
    const learner = createBrowser();
    await world.signIn(learner, ada);
    const change = { provisioning: { enabled: false } };

    expect((await patch(change, learner)).status).toBe(403);
    expect((await patch(change, createBrowser())).status).toBe(401);
    expect((await patch(change, owner, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const [path, elsewhere] = ['/api/settings', new URL(world.otherHome).host];
    for (const [name, value] of owner.cookies(new URL(world.home).host)) owner.cookies(elsewhere).set(name, value);
    expect((await owner.get(world.otherHome + path)).status).toBe(401);
    expect((await learner.get(`${world.home}/settings`)).status).toBe(403);
    expect((await learner.get(`${world.home}/`)).body).not.toContain('href="/settings"');
    expect((await settings()).provisioning.enabled).toBe(true);
  });
});
