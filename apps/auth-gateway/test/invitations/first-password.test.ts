import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { hashOf, newSecretToken } from '../../src/sessions/secret-token.ts';
import { anInvitation } from '../fixtures/an-invitation.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const PASSWORD = 'correct horse battery staple';
let world: World;
let adaId: string;

beforeAll(async () => {
  world = await aWorld();
  adaId = learnerIdOf(world.acme.id, 'microsoft', ada.oid);
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  const { invitations, redemptions, passwords } = world.gateway.models;
  await Promise.all([invitations.deleteMany({}), redemptions.deleteMany({}), passwords.deleteMany({})]);
});

/** A browser in which the link was opened. */
async function invited(said: object = {}) {
  const token = newSecretToken();
  const about = { _id: adaId, organisationId: world.acme.id, tokenHash: hashOf(token) };
  await world.gateway.models.invitations.create(anInvitation({ ...about, ...said }));
  const browser = createBrowser();
  await browser.get(`${world.home}/invitation?token=${token}`);
  const choose = (password: string, again = password, headers = {}) =>
    browser.post(`${world.home}/invitation/password`, { password, again }, headers);
  return { token, browser, choose };
}

const passwords = () => world.gateway.models.passwords.countDocuments();

it('sets a password, signs in and uses the invitation up', async () => {
  const { token, browser, choose } = await invited();
  expect((await browser.get(`${world.home}/invitation`)).body).toContain('Set password and sign in');

  const answer = await choose(PASSWORD);

  expect([answer.status, answer.location]).toEqual([303, `${world.home}/`]);
  expect((await browser.get(`${world.home}/`)).body).toContain('Hello, Ada');
  expect(await world.gateway.models.redemptions.findById(hashOf(token)).lean()).toMatchObject({ how: 'password' });
  const form = { email: 'ada@acme.example', password: PASSWORD };
  expect((await createBrowser().post(`${world.home}/sign-in/password`, form)).status).toBe(303);
});

it('is good once, also for two who choose at the same moment', async () => {
  const { choose } = await invited();

  const answers = await Promise.all([choose(PASSWORD), choose('another long password here')]);

  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
  const first = answers[0].status === 303 ? PASSWORD : 'another long password here';
  const form = { email: 'ada@acme.example', password: first };
  expect((await createBrowser().post(`${world.home}/sign-in/password`, form)).status).toBe(303);
});

it.each([
  ['two that differ', PASSWORD, 'correct horse battery stable', 'not the same'],
  ['one that is too short', 'short', 'short', 'at least 15'],
])('refuses %s and says why, with nothing used up', async (_what, password, again, why) => {
  const { browser, choose } = await invited();

  const answer = await choose(password, again);

  expect([answer.status, answer.body]).toEqual([422, expect.stringContaining(why)]);
  expect([await passwords(), (await browser.get(`${world.home}/invitation`)).status]).toEqual([0, 200]);
});

it('refuses an invitation that has ended, another site, and whoever has no invitation', async () => {
  const ended = await invited({ expiresAt: new Date(Date.now() - 1) });
  expect((await ended.choose(PASSWORD)).status).toBe(410);
  await world.gateway.models.invitations.deleteMany({});

  const { choose } = await invited();
  expect((await choose(PASSWORD, PASSWORD, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  const form = { password: PASSWORD, again: PASSWORD };
  expect((await createBrowser().post(`${world.home}/invitation/password`, form)).status).toBe(404);
  expect(await passwords()).toBe(0);
});

it('offers and sets none where passwords are switched off', async () => {
  await world.gateway.allowPasswords(world.acme.id, false);
  const { browser, choose } = await invited();

  const { body } = await browser.get(`${world.home}/invitation`);

  expect(body).toContain('Sign in with Microsoft');
  expect(body).not.toContain('Set password');
  expect([(await choose(PASSWORD)).status, await passwords()]).toEqual([422, 0]);
  await world.gateway.allowPasswords(world.acme.id, true);
});

it('is of no use for somebody who has been deactivated meanwhile', async () => {
  const { choose } = await invited();
  await world.gateway.models.learners.updateOne({ _id: adaId }, { $set: { active: false } });

  expect([(await choose(PASSWORD)).status, await passwords()]).toEqual([404, 0]);
  await world.gateway.models.learners.updateOne({ _id: adaId }, { $set: { active: true } });
});
