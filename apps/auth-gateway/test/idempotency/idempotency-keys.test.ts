import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeEvent, syncRequest, topics } from '@learnamp/contracts';
import { learnerIdOf } from '@learnamp/learners';
import type { Answer, Browser } from '@learnamp/testkit';
import { storeLearner } from '../fixtures/a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
let world: World;
let owner: Browser;
let admin: Browser;

beforeAll(async () => {
  world = await aWorld();
  const { id } = world.acme;
  await storeLearner(world.gateway, { organisationId: id, personId: grace.oid, name: grace.name });
  await world.gateway.roles.grant(id, learnerIdOf(id, 'microsoft', ada.oid), 'Owner');
  await world.gateway.roles.grant(id, learnerIdOf(id, 'microsoft', grace.oid), 'Admin');
  [owner, admin] = [createBrowser(), createBrowser()];
  await world.signIn(owner);
  await world.signIn(admin, grace);
}, 120_000);

afterAll(() => world.stop());

beforeEach(() => world.gateway.models.keptAnswers.deleteMany({}));

const ask = (key: string, mode = 'delta', browser = owner) =>
  browser.postJson(`${world.home}/api/sync-runs`, { mode }, { 'idempotency-key': key });
const codeOf = ({ status, body }: Answer) => [status, (JSON.parse(body) as { code?: string }).code];

async function requests(): Promise<number> {
  let count = 0;
  for await (const record of world.gateway.bus.read({ topic: topics.syncRequests.name })) {
    if (decodeEvent([syncRequest], record).ok) count += 1;
  }
  return count;
}

describe('a command with an Idempotency-Key', () => {
  it('is done once, and answered the same again', async () => {
    const before = await requests();

    const [first, again] = [await ask('"a-key"'), await ask('"a-key"')];

    expect([again.status, again.body, again.headers['content-type']]).toEqual([
      ...[202, first.body],
      first.headers['content-type'],
    ]);
    expect([first, again].map(({ headers }) => headers['idempotency-replayed'])).toEqual([undefined, 'true']);
    expect(await requests()).toBe(before + 1);
  });

  it('is done as often as it is sent without one, or with other keys', async () => {
    const before = await requests();

    await ask('one');
    await ask('another');
    await owner.postJson(`${world.home}/api/sync-runs`, { mode: 'delta' });

    expect(await requests()).toBe(before + 3);
  });

  it('is refused when the key came with another request', async () => {
    await ask('a-key', 'delta');
    const before = await requests();

    expect(codeOf(await ask('a-key', 'full'))).toEqual([422, 'key-of-another-request']);
    expect(await requests()).toBe(before);
  });

  it('is refused while the first one is under way, and taken up when that one is gone', async () => {
    const before = await requests();

    const answers = await Promise.all([ask('a-key'), ask('a-key')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    expect(await requests()).toBe(before + 1);

    await world.gateway.models.keptAnswers.updateMany({}, { $set: { answer: null } });
    expect(codeOf(await ask('a-key'))).toEqual([409, 'under-way']);
    world.gateway.wait(61);
    expect((await ask('a-key')).status).toBe(202);
  });

  it('is another one of another caller', async () => {
    const [first, other] = [await ask('a-key'), await ask('a-key', 'delta', admin)];

    expect(other.status).toBe(202);
    expect(other.body).not.toBe(first.body);
  });

  it('is done again after a day', async () => {
    const first = await ask('a-key');
    await world.gateway.models.keptAnswers.updateMany({}, { $set: { expiresAt: new Date(0) } });

    expect((await ask('a-key')).body).not.toBe(first.body);
  });

  it('may be tried again when it was refused, for that changed nothing', async () => {
    const change = (revision: number) =>
      owner.send(...(['PATCH', `${world.home}/api/settings`, { revision, provisioning: { photos: false } }] as const), {
        'idempotency-key': 'a-key',
      });
    const { revision } = JSON.parse((await owner.get(`${world.home}/api/settings`)).body) as { revision: number };

    expect((await change(revision + 9)).status).toBe(409);
    expect((await change(revision)).status).toBe(204);
    const again = await change(revision);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([204, 'true']);
  });

  it('tells nobody else what the answer was', async () => {
    await ask('a-key');

    expect(codeOf(await ask('a-key', 'delta', createBrowser()))).toEqual([401, 'not-signed-in']);
  });

  it('is refused where the answer must not be kept, such as that with a token in it', async () => {
    const headers = { 'idempotency-key': 'a-key' };
    const body = { name: 'Reporting', scopes: ['settings:read'] };

    expect(codeOf(await owner.postJson(`${world.home}/api/tokens`, body, headers))).toEqual([
      400,
      'no-idempotency-key-here',
    ]);
    expect((await owner.postJson(`${world.home}/api/tokens`, body)).status).toBe(201);
  });

  it.each([
    ['an empty', ''],
    ['a spaced', 'with space'],
    ['an unfinished', '"unfinished'],
    ['a very long', 'x'.repeat(201)],
  ])('is refused with %s key', async (_what, key) => {
    expect(codeOf(await ask(key))).toEqual([400, 'bad-idempotency-key']);
  });
});
