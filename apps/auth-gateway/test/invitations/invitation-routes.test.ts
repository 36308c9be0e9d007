import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { hashOf, newSecretToken } from '../../src/sessions/secret-token.ts';
import { anInvitation } from '../fixtures/an-invitation.ts';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
let world: World;
let adaId: string;
let graceId: string;
let owner: Browser;

beforeAll(async () => {
  world = await aWorld();
  const organisationId = world.acme.id;
  adaId = learnerIdOf(organisationId, 'microsoft', ada.oid);
  graceId = learnerIdOf(organisationId, 'microsoft', grace.oid);
  await storeLearner(world.gateway, { organisationId, personId: grace.oid, name: grace.name });
  await world.gateway.roles.grant(organisationId, graceId, 'Owner');
  owner = createBrowser();
  await world.signIn(owner, grace);
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  await world.gateway.models.invitations.deleteMany({});
  await world.gateway.models.redemptions.deleteMany({});
});

const invite = async (said: object = {}) => {
  const token = newSecretToken();
  const about = { _id: adaId, organisationId: world.acme.id, tokenHash: hashOf(token) };
  await world.gateway.models.invitations.create(anInvitation({ ...about, ...said }));
  return token;
};

const open = async (token: string, home = world.home, browser = createBrowser()) => {
  const first = await browser.get(`${home}/invitation?token=${token}`);
  return { first, page: await browser.get(first.location) };
};

const commands = () => learnerCommandsOf(world.gateway);

describe('GET /invitation', () => {
  it('takes the token out of the address and offers to sign in', async () => {
    const { first, page } = await open(await invite());

    expect([first.status, first.location]).toEqual([303, `${world.home}/invitation`]);
    expect(first.headers['referrer-policy']).toBe('no-referrer');
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('Sign in with Microsoft')]);
  });

  it('uses nothing up by itself: mail filters open links too', async () => {
    const token = await invite();
    await open(token);

    expect((await open(token)).page.status).toBe(200);
    expect(await world.gateway.models.redemptions.countDocuments()).toBe(0);
  });

  it('is over once the person has signed in', async () => {
    const token = await invite();
    const browser = createBrowser();
    await open(token, world.home, browser);
    await world.signIn(browser, ada);

    const { page } = await open(token);
    expect([page.status, page.body]).toEqual([410, expect.stringContaining('has been used')]);
    expect(await world.gateway.models.redemptions.findById(hashOf(token)).lean()).toMatchObject({ learnerId: adaId });
    const about = { organisationId: world.acme.id, requestedBy: adaId };
    expect((await commands()).at(-1)).toMatchObject({
      ...about,
      action: { kind: 'accept-invitation', learnerId: adaId },
    });
  });

  it('says that it has ended after its time', async () => {
    const { page } = await open(await invite({ expiresAt: new Date(Date.now() - 1) }));

    expect([page.status, page.body]).toEqual([410, expect.stringContaining('has ended')]);
  });

  it.each([
    ['an invented token', () => Promise.resolve(newSecretToken()), () => world.home],
    ['no token at all', () => Promise.resolve('<script>'), () => world.home],
    ["another organisation's token", () => invite(), () => world.otherHome],
  ])('knows nothing of %s', async (_what, tokenOf, home) => {
    const { page } = await open(await tokenOf(), home());

    expect([page.status, page.body]).toEqual([404, expect.stringContaining('is not valid')]);
  });

  it('leaves no token in the log', async () => {
    const token = await invite();
    await open(token);

    expect(JSON.stringify(world.gateway.log)).not.toContain(token);
  });
});

describe('signing in', () => {
  it('announces nobody who has come before', async () => {
    await world.gateway.models.learners.updateOne({ _id: adaId }, { $set: { joinedAt: new Date() } });
    const before = (await commands()).length;

    await world.signIn(createBrowser(), ada);

    expect(await commands()).toHaveLength(before);
    await world.gateway.models.learners.updateOne({ _id: adaId }, { $unset: { joinedAt: '' } });
  });
});

describe('the invitations of an administrator', () => {
  const list = async (browser = owner) => browser.get(`${world.home}/api/invitations`);

  it('are listed by state, without their secrets and without those of others', async () => {
    await invite({ state: 'refused', reason: '550 No such mailbox here' });
    await world.gateway.models.invitations.create(anInvitation({ _id: 'other', organisationId: world.globex.id }));

    const { invitations, total } = JSON.parse((await list()).body) as { invitations: object[]; total: number };

    const about = { learnerId: adaId, name: 'Ada Lovelace', address: 'ada@acme.example' };
    const state = { state: 'refused', stateInWords: 'Refused', reason: '550 No such mailbox here' };
    expect([total, invitations]).toEqual([1, [{ ...about, ...state }]]);
    const home = await owner.get(`${world.home}/`);
    expect(home.body).toContain('550 No such mailbox here');
    expect(home.body).toContain('action="/invitations/resend"');
  });

  it('are sent by a command whose outcome is waited for', async () => {
    const before = (await commands()).length;
    const answering = owner.postJson(`${world.home}/api/invitations/resend`, { learnerId: adaId });
    let given = await commands();
    for (const deadline = Date.now() + 5_000; given.length === before && Date.now() < deadline;) {
      await new Promise(setImmediate);
      given = await commands();
    }
    const { commandId = '', action } = given.at(-1) ?? {};
    const outcome = { outcome: 'refused', reason: 'The invitation is about to be sent.', count: 0 } as const;
    const about = { organisationId: world.acme.id, kind: 'resend-invitation', at: new Date() } as const;
    await world.gateway.models.commandOutcomes.create({ _id: commandId, ...about, ...outcome });

    const answer = await answering;
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { commandId, outcome }]);
    expect(action).toEqual({ kind: 'resend-invitation', learnerId: adaId });
  });

  it('are sent all by a form without fields, and one by a form with one', async () => {
    const all = await owner.post(`${world.home}/invitations/send`);
    expect([all.status, (await commands()).at(-1)?.action]).toEqual([303, { kind: 'send-invitations' }]);

    await owner.post(`${world.home}/invitations/send`, { learnerIds: adaId });
    expect((await commands()).at(-1)?.action).toEqual({ kind: 'send-invitations', learnerIds: [adaId] });
  });

  it('answers 202 while nobody has carried a command out', async () => {
    const answer = await owner.postJson(`${world.home}/api/invitations/send`, {});

    expect([answer.status, Object.keys(JSON.parse(answer.body) as object)]).toEqual([202, ['commandId']]);
  });

  it('are none of the business of a learner, of nobody and of another site', async () => {
    const learner = createBrowser();
    await world.signIn(learner, ada);
    const before = (await commands()).length;
    const send = (browser: Browser, headers = {}) =>
      browser.postJson(`${world.home}/api/invitations/send`, {}, headers).then(({ status }) => status);

    expect([(await list(learner)).status, (await list(createBrowser())).status]).toEqual([403, 401]);
    expect([await send(learner), await send(createBrowser())]).toEqual([403, 401]);
    expect(await send(owner, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await commands()).toHaveLength(before);
  });
});
