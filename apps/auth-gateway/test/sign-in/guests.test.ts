import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import { changeSettings } from '@learnamp/organisations';
import { storeLearner } from '../fixtures/a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const ELSEWHERE = 'https://sts.windows.net/11111111-2222-4333-8444-555555555555/';
const gina = {
  oid: 'b0000000-0000-4000-8000-00000000000b',
  name: 'Gina Guest',
  preferred_username: 'gina@other.example',
};
let world: World;
let ginaId: string;

beforeAll(async () => {
  world = await aWorld();
  const { id: organisationId } = world.acme;
  ginaId = learnerIdOf(organisationId, 'microsoft', gina.oid);
  const userPrincipalName = 'gina_other.example#EXT#@acme.example';
  await storeLearner(world.gateway, { organisationId, personId: gina.oid, name: gina.name, userPrincipalName });
}, 120_000);

afterAll(() => world.stop());

const letIn = async (guests: boolean) => {
  const by = { actor: { kind: 'operator', id: 'a-test' }, at: new Date() } as const;
  await changeSettings(world.gateway.connection, world.acme.id, { singleSignOn: { guests } }, by);
};
const directorySays = (userType: string) =>
  world.gateway.models.learners.updateOne({ _id: ginaId }, { $set: { 'sources.microsoft.userType': userType } });
const comes = async (person: Readonly<Record<string, unknown>>, browser = createBrowser()) => {
  const answer = await world.signIn(browser, person);
  const hasSession = (await browser.get(`${world.home}/api/sessions`)).status === 200;
  return { browser, answer, hasSession };
};

beforeEach(async () => {
  await letIn(false);
  await directorySays('Member');
});

const guests = [
  ['the claim `acct`', { ...gina, acct: 1 }, 'Member'],
  ['the claim `idp`', { ...gina, idp: ELSEWHERE }, 'Member'],
  ['the directory’s `userType`', gina, 'Guest'],
] as const;

describe('a guest of the tenant', () => {
  it.each(guests)('by %s does not sign in unless guests are let in, and is told so', async (_how, person, userType) => {
    await directorySays(userType);

    const refused = await comes(person);
    await letIn(true);
    const admitted = await comes(person);

    expect([refused.answer.status, refused.hasSession]).toEqual([403, false]);
    expect(refused.answer.body).toContain('it is a guest at Acme');
    expect([admitted.answer.status, admitted.hasSession]).toEqual([303, true]);
  });

  it('who is no learner is told that they are a guest, and does not come in where guests do', async () => {
    const nobody = { ...gina, oid: 'f0000000-0000-4000-8000-00000000000f', acct: 1 };

    expect((await comes(nobody)).answer.body).toContain('it is a guest at Acme');
    await letIn(true);
    expect((await comes(nobody)).answer.body).toContain('not among the people');
  });

  it('is refused by that check alone, in the trace', async () => {
    await comes({ ...gina, acct: 1 });

    const trace = await world.gateway.models.signInTraces.findOne().sort({ at: -1 }).lean();
    expect(trace).toMatchObject({ refusal: 'guest', check: 'guestsAreLetIn' });
  });

  it('is signed out when guests are let in no more', async () => {
    await directorySays('Guest');
    await letIn(true);
    const { browser, hasSession } = await comes(gina);
    await letIn(false);

    expect([hasSession, (await browser.get(`${world.home}/api/sessions`)).status]).toEqual([true, 401]);
  });
});

it.each([
  ['a member', ada],
  ['a member by `acct`', { ...ada, acct: 0 }],
])('%s signs in whether or not guests are let in', async (_who, person) => {
  expect((await comes(person)).hasSession).toBe(true);
  await letIn(true);
  expect((await comes(person)).hasSession).toBe(true);
});
