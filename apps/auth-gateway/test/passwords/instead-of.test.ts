import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { verifyAudit } from '@learnamp/organisations';
import type { Browser } from '@learnamp/testkit';
import { hashPassword } from '../../src/passwords/password-hash.ts';
import { hashOf, newSecretToken } from '../../src/sessions/secret-token.ts';
import { storeLearner } from '../fixtures/a-learner.ts';
import { anInvitation } from '../fixtures/an-invitation.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const PASSWORD = 'correct horse battery staple';
const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper', upn: 'grace@acme.example' };
let world: World;
let adaId: string;
let graceId: string;

beforeAll(async () => {
  world = await aWorld();
  const { id: organisationId } = world.acme;
  adaId = learnerIdOf(organisationId, 'microsoft', ada.oid);
  graceId = learnerIdOf(organisationId, 'microsoft', grace.oid);
  const about = { organisationId, personId: grace.oid, name: grace.name, userPrincipalName: grace.upn };
  await storeLearner(world.gateway, about);
  await world.gateway.roles.grant(organisationId, adaId, 'Admin');
  await world.gateway.roles.grant(organisationId, graceId, 'Owner');
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  const { passwords, passwordAttempts, sessions, auditEntries, auditHeads, invitations } = world.gateway.models;
  for (const model of [passwords, passwordAttempts, sessions, auditEntries, auditHeads, invitations]) {
    await model.collection.deleteMany({});
  }
  const { id: organisationId } = world.acme;
  const hash = await hashPassword(PASSWORD);
  for (const _id of [adaId, graceId]) await passwords.create({ _id, organisationId, hash, setAt: new Date(0) });
  const anew = { passwords: { enabled: true, breakGlassOwner: null }, signInTest: null, 'singleSignOn.enabled': true };
  await world.gateway.connection.collection('organisations').updateOne({ subdomain: 'acme' }, { $set: anew });
});

const settings = async () => {
  const found = await world.gateway.organisations.findById(world.acme.id);
  if (!found) throw new Error('the organisation is gone');
  return found;
};
const byPassword = async (email: string, password = PASSWORD, browser = createBrowser()) => ({
  browser,
  answer: await browser.post(`${world.home}/sign-in/password`, { email, password }),
});
const isIn = async (browser: Browser) => (await browser.get(`${world.home}/api/sessions`)).status === 200;
const administrator = async (person: Readonly<Record<string, unknown>> = ada) => {
  const browser = createBrowser();
  await world.signIn(browser, person);
  return browser;
};
/** Presses the button and signs in at Microsoft as `person`. */
const test = async (browser: Browser, person: Readonly<Record<string, unknown>> = ada) => {
  const { location } = await browser.post(`${world.home}/settings/microsoft/sign-in-test`);
  return world.goBack(browser, world.op.authorize(location, person));
};
const patch = async (browser: Browser, change: object) => {
  const { revision } = await settings();
  return browser.send('PATCH', `${world.home}/api/settings`, { revision, ...change });
};
/** Microsoft alone, with Grace for emergencies. Gives the browser of the Admin who saw to it. */
const insteadOf = async () => {
  const browser = await administrator();
  await test(browser);
  const answer = await patch(browser, { passwords: { enabled: false, breakGlassOwner: graceId } });
  expect(answer.status).toBe(204);
  return browser;
};
const audited = async () => await world.gateway.models.auditEntries.find().sort({ sequence: 1 }).lean();

describe('the test of signing in', () => {
  it('goes the real way, comes back to the settings, and is kept with its time and who made it', async () => {
    const browser = await administrator();

    const answer = await test(browser);

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/settings?microsoft=tested#microsoft`]);
    expect((await settings()).signInTest).toMatchObject({ learnerId: adaId });
    expect((await browser.get(answer.location)).body).toContain('Signing in with Microsoft works');
    expect(await audited()).toMatchObject([{ action: 'sign-in tested', actor: { id: adaId } }]);
  });

  it('begun by somebody with a password leaves them signed in with Microsoft', async () => {
    const { browser } = await byPassword('ada@acme.example');
    await test(browser);

    const { body } = await browser.get(`${world.home}/api/sessions`);
    expect(JSON.parse(body)).toMatchObject({
      sessions: [{ with: 'Microsoft', isThisOne: true }, { with: 'password' }],
    });
  });

  it('by the API gives where to go on in the same browser', async () => {
    const browser = await administrator();

    const { status, body } = await browser.post(`${world.home}/api/microsoft/sign-in-tests`);
    expect(status).toBe(202);
    const { location } = JSON.parse(body) as { readonly location: string };
    await world.goBack(browser, world.op.authorize(location, ada));

    expect((await settings()).signInTest).not.toBeNull();
  });

  it('comes back to the page of the console that it was begun on, and to no other place', async () => {
    const browser = await administrator();
    const begin = (returnTo: string) => browser.post(`${world.home}/api/microsoft/sign-in-tests`, { returnTo });

    const { location } = JSON.parse((await begin('/admin/sign-in')).body) as { readonly location: string };
    const answer = await world.goBack(browser, world.op.authorize(location, ada));

    expect(answer.location).toBe(`${world.home}/admin/sign-in?microsoft=tested`);
    expect((await begin('//evil.example/')).status).toBe(400);
    expect((await begin('/admin/people')).status).toBe(400);
  });

  it.each([
    ['somebody else signs in', { ...ada, oid: grace.oid }, 'somebody else than you'],
    ['nobody is known', { ...ada, oid: 'f0000000-0000-4000-8000-00000000000f' }, 'not among the people'],
    ['the token is not a good one', { ...ada, nonce: 'x' }, 'not a valid sign-in'],
  ])('is not kept where %s, and signs nobody in', async (_what, person, why) => {
    const browser = await administrator();

    const answer = await test(browser, person);

    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining(why)]);
    expect((await settings()).signInTest).toBeNull();
    expect((await browser.get(`${world.home}/`)).body).toContain('Hello, Ada');
  });

  it('is no ordinary sign-in, which keeps none', async () => {
    await administrator();

    expect((await settings()).signInTest).toBeNull();
  });
});

describe('who may be named for emergencies', () => {
  const candidates = async () => {
    const answer = await (await administrator()).get(`${world.home}/api/break-glass-candidates`);
    return (JSON.parse(answer.body) as { readonly candidates: unknown }).candidates;
  };

  it('is an Owner with a password, and no Admin with one', async () => {
    expect(await candidates()).toEqual([{ learnerId: graceId, name: 'Grace Hopper' }]);
  });

  it('is no Owner without a password, and none who is not active', async () => {
    const { learners, passwords } = world.gateway.models;
    await learners.updateOne({ _id: graceId }, { $set: { active: false } });
    expect(await candidates()).toEqual([]);
    await learners.updateOne({ _id: graceId }, { $set: { active: true } });
    expect(await candidates()).toHaveLength(1);

    await passwords.deleteOne({ _id: graceId });

    expect(await candidates()).toEqual([]);
  });
});

describe('without passwords', () => {
  it('is refused before the test, by the page too, which says what to do', async () => {
    const browser = await administrator();
    const wanted = { passwords: { enabled: false, breakGlassOwner: graceId } };

    const answer = await patch(browser, wanted);

    expect([answer.status, answer.body]).toEqual([422, expect.stringContaining('Test sign-in')]);
    expect((await byPassword('ada@acme.example')).answer.status).toBe(303);
    expect((await browser.get(`${world.home}/settings`)).body).toMatch(/once you have pressed Test sign-in/);
  });

  it('the home page offers Microsoft, and an emergency sign-in that is not the first thing one sees', async () => {
    await insteadOf();

    const { body } = await createBrowser().get(`${world.home}/`);
    expect(body).toContain('Sign in with Microsoft');
    expect(body).not.toMatch(/type="password"/);
    expect(body).toContain('href="/sign-in/emergency"');
    const emergency = await createBrowser().get(`${world.home}/sign-in/emergency`);
    expect([emergency.status, emergency.body]).toEqual([200, expect.stringContaining('type="password"')]);
    expect(emergency.body).not.toContain('Grace');
  });

  it('there is no emergency page while everybody may use a password', async () => {
    const answer = await createBrowser().get(`${world.home}/sign-in/emergency`);

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/`]);
  });

  it('a right password is as wrong as a wrong one and as nobody’s, but for the one Owner’s, which the audit log tells', async () => {
    await insteadOf();

    const answers = [
      (await byPassword('ada@acme.example')).answer,
      (await byPassword('ada@acme.example', 'a wrong password')).answer,
      (await byPassword('nobody@acme.example')).answer,
      (await byPassword(grace.upn, 'a wrong password')).answer,
    ];
    const bare = ({ status, body, setCookies }: (typeof answers)[number]) => ({
      status,
      setCookies,
      body: body.replaceAll(/[\w.]+@acme\.example/g, ''),
    });
    expect(new Set(answers.map((answer) => JSON.stringify(bare(answer)))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, setCookies: [] });

    const { browser, answer } = await byPassword(grace.upn);
    expect([answer.status, await isIn(browser)]).toEqual([303, true]);
    expect((await audited()).at(-1)).toMatchObject({ action: 'emergency sign-in', actor: { id: graceId } });
    expect(await verifyAudit(world.gateway.connection, world.acme.id)).toMatchObject({ problem: null });
  });

  it('guesses count as ever', async () => {
    await insteadOf();
    for (let n = 0; n < 10; n++) await byPassword('ada@acme.example');

    expect((await byPassword('ada@acme.example')).answer.status).toBe(429);
  });

  it('sessions that began with a password end, but for the one Owner’s', async () => {
    const [{ browser: theirs }, { browser: owners }] = [
      await byPassword('ada@acme.example'),
      await byPassword(grace.upn),
    ];
    const microsofts = await insteadOf();

    expect(await Promise.all([theirs, owners, microsofts].map(isIn))).toEqual([false, true, true]);
  });

  it('asking for a link is answered alike, and the link sets a password for the one Owner alone', async () => {
    await insteadOf();
    const ask = (email: string) => createBrowser().post(`${world.home}/password/forgotten`, { email });
    const [known, owners, unknown] = [await ask('ada@acme.example'), await ask(grace.upn), await ask('x@acme.example')];
    expect([known.status, known.body]).toEqual([200, unknown.body]);
    expect(owners.body).toBe(unknown.body);

    expect([(await byLink(adaId)).status, (await byLink(graceId)).status]).toEqual([403, 303]);
    expect((await byPassword(grace.upn, 'seven green umbrellas sang')).answer.status).toBe(303);
  });

  it('an invitation leads to Microsoft, and sets no password', async () => {
    await insteadOf();
    const token = newSecretToken();
    const about = { _id: adaId, organisationId: world.acme.id, tokenHash: hashOf(token) };
    await world.gateway.models.invitations.create(anInvitation(about));
    const browser = createBrowser();
    await browser.get(`${world.home}/invitation?token=${token}`);

    const { body } = await browser.get(`${world.home}/invitation`);
    const form = { password: 'seven green umbrellas sang', again: 'seven green umbrellas sang' };
    const answer = await browser.post(`${world.home}/invitation/password`, form);

    expect(body).toContain('Sign in with Microsoft');
    expect(body).not.toContain('type="password"');
    expect([answer.status, await isIn(browser)]).toEqual([422, false]);
  });

  it.each([
    [
      'signing in with Microsoft is switched off',
      (browser: Browser) => patch(browser, { singleSignOn: { enabled: false } }),
    ],
    ['they are switched on', (browser: Browser) => patch(browser, { passwords: { enabled: true } })],
  ])('they come back when %s', async (_what, end) => {
    const browser = await insteadOf();

    expect((await end(browser)).status).toBe(204);

    expect((await byPassword('ada@acme.example')).answer.status).toBe(303);
    expect((await createBrowser().get(`${world.home}/`)).body).toContain('type="password"');
  });
});

/** Chooses a new password by a link, as profile-writer would have sent it. */
async function byLink(learnerId: string) {
  const token = newSecretToken();
  const { passwordLinks } = world.gateway.models;
  const times = { createdAt: new Date(), nextAttemptAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
  const about = { organisationId: world.acme.id, learnerId, tokenHash: hashOf(token), reason: null };
  await passwordLinks.create({ _id: newSecretToken(), ...about, ...times, state: 'sent' });
  const browser = createBrowser();
  await browser.get(`${world.home}/password/new?token=${token}`);
  const [password, again] = ['seven green umbrellas sang', 'seven green umbrellas sang'];
  return browser.post(`${world.home}/password/new`, { password, again });
}
