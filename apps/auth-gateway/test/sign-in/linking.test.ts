import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { conflictId } from '@learnamp/learners';
import { storeLearner } from '../fixtures/a-learner.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

const OID = 'b0000000-0000-4000-8000-00000000000b';
const ANOTHER_OID = 'c0000000-0000-4000-8000-00000000000c';
const grace = { oid: OID, name: 'Grace Hopper', preferred_username: 'Grace@acme.example' };
let world: World;
let learnerId: string;

beforeAll(async () => {
  world = await aWorld();
}, 120_000);

afterAll(() => world.stop());

/** An account by hand, as a list brings it. */
async function accountByHand(_id: string, said: object = {}): Promise<string> {
  const { learners } = world.gateway.models;
  const about = { organisationId: world.acme.id, personId: OID, name: 'Grace Hopper' };
  const learner = await storeLearner(world.gateway, { ...about, userPrincipalName: 'grace@acme.example' });
  await learners.deleteOne({ _id: learner._id });
  const manual = { id: 'm1', version: 1, commandId: 'm1', active: true, employeeId: null, userPrincipalName: null };
  const sources = { microsoft: null, manual: { ...manual, fields: learner.fields } };
  await learners.create({ ...learner, _id, sources, ...said });
  return _id;
}

beforeEach(async () => {
  const { learners, signInLinks, conflicts } = world.gateway.models;
  await learners.deleteMany({ _id: /^by-hand/ });
  await signInLinks.deleteMany({});
  await conflicts.deleteMany({});
  learnerId = await accountByHand('by-hand-1');
});

const comes = async (person: object = grace) => {
  const browser = createBrowser();
  const answer = await world.signIn(browser, { ...grace, ...person });
  return answer.status === 303 && (await browser.get(`${world.home}/`)).body.includes('Hello, Grace');
};
const links = () => world.gateway.models.signInLinks.find().lean();

describe('an account that the directory has not brought', () => {
  it('is linked at the first sign-in by its user principal name, and found by the object id from then on', async () => {
    expect(await comes()).toBe(true);
    expect(await links()).toMatchObject([{ _id: `${world.acme.id}:${OID}`, learnerId }]);

    expect(await comes({ preferred_username: 'grace.murray@acme.example' })).toBe(true);
    expect(await links()).toHaveLength(1);
  });

  it('is linked once by two windows at the same moment', async () => {
    expect(await Promise.all([comes(), comes(), comes()])).toEqual([true, true, true]);
    expect(await links()).toHaveLength(1);
  });

  it('is nobody else’s once it is linked, also under the same name', async () => {
    await comes();

    expect(await comes({ oid: ANOTHER_OID })).toBe(false);
    expect(await comes()).toBe(true);
  });

  it('ends to be theirs when the directory says that it is somebody else', async () => {
    await comes();
    const microsoft = { personId: ANOTHER_OID, active: true, userPrincipalName: 'grace@acme.example' };
    await world.gateway.models.learners.updateOne({ _id: learnerId }, { $set: { 'sources.microsoft': microsoft } });

    expect(await comes()).toBe(false);
    expect(await comes({ oid: ANOTHER_OID })).toBe(true);
  });

  it('is of another organisation and stays so', async () => {
    const browser = createBrowser();
    const { location } = await browser.post(`${world.otherHome}/sign-in/microsoft`);
    await world.goBack(browser, world.op.authorize(location, grace));

    expect((await browser.get(`${world.otherHome}/`)).body).not.toContain('Hello, Grace');
    expect(await links()).toEqual([]);
  });
});

describe('nobody is linked', () => {
  const set = (change: object) => world.gateway.models.learners.updateOne({ _id: learnerId }, { $set: change });

  it.each([
    ['to an account of another address', () => set({ 'fields.email': 'grace@globex.example' })],
    ['to one of two accounts with the address', () => accountByHand('by-hand-2')],
    ['to an account that is not active', () => set({ active: false })],
    [
      'to the account of somebody whom the directory has brought (nOAuth)',
      () => set({ 'sources.microsoft': { personId: ANOTHER_OID } }),
    ],
    [
      'to an account of which an administrator said that it is somebody else’s',
      () => set({ formerLinks: [{ personId: OID, version: '', userPrincipalName: '', ended: 'unlinked' }] }),
    ],
    [
      'while an administrator is asked who they are',
      () =>
        world.gateway.models.conflicts.collection.insertOne({
          _id: conflictId(world.acme.id, OID) as never,
          ...{ organisationId: world.acme.id, personId: OID },
        }),
    ],
  ])('%s', async (_what, arrange) => {
    await arrange();

    expect(await comes()).toBe(false);
    expect(await links()).toEqual([]);
  });

  it.each([
    ['a guest, by `acct`', { acct: 1 }],
    ['a guest, by `idp`', { idp: 'https://sts.windows.net/11111111-2222-4333-8444-555555555555/' }],
    ['somebody without a name', { preferred_username: undefined }],
    ['somebody whose mail alone is the address', { preferred_username: 'g@acme.example', email: 'grace@acme.example' }],
  ])('who is %s', async (_what, claims) => {
    expect(await comes(claims)).toBe(false);
    expect(await links()).toEqual([]);
  });
});
