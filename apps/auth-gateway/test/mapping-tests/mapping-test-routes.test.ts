import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationModel } from '@learnamp/organisations';
import { type Inspection, inspectionModel } from '@learnamp/sync-state';
import type { Answer, Browser } from '@learnamp/testkit';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { syncRequestsOf } from '../fixtures/sync-requests.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const rule = (field: string, from: string, more: object = {}) => ({
  ...{ field, from, apply: 'always', onEmpty: 'clear' },
  ...more,
});
const mapping = {
  customFields: [{ id: 'team', title: 'Team' }],
  rules: [
    rule('jobTitle', '$uppercase(jobTitle)'),
    rule('location', 'city', { onEmpty: 'keep' }),
    rule('department', 'department', { apply: 'create only' }),
    rule('customFields.team', 'companyName'),
  ],
};

let world: World;
let owner: Browser;
let learner: Browser;
let ownerId: string;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner, ownerId } = await anOwnerAndALearner(world));
}, 120_000);
afterAll(() => world.stop());

const ask = (body: object, browser = owner, headers = {}) =>
  browser.postJson(`${world.home}/api/mapping-tests`, body, headers);
const requests = () => syncRequestsOf(world.gateway);
const bodyOf = ({ body }: Answer) =>
  JSON.parse(body) as { fields: { field: string }[]; code?: string; detail?: string };

const person = {
  ...{ id: ada.oid, displayName: ada.name, userPrincipalName: ada.preferred_username },
  ...{ accountEnabled: true, isMember: true, userType: 'Member' as const },
} as const;
const read = (field: string, value: string | null, problem: string | null = null) => ({ field, value, problem });

/** Answers the next request to inspect somebody, as directory-sync does. */
async function inspecting(answering: Promise<Answer>, found: Partial<Inspection>): Promise<Answer> {
  const before = (await requests()).length;
  const deadline = performance.now() + 5_000;
  while ((await requests()).length === before) {
    if (performance.now() > deadline) throw new Error('no request within 5 s');
    await setImmediate();
  }
  const { requestId = '', organisationId = '', lookUp = '' } = (await requests()).at(-1) ?? {};
  const nothing = { root: null, person: null, groups: [], manager: null, fields: [], problem: null };
  const about = { _id: requestId, organisationId, lookUp, at: new Date() };
  await inspectionModel(world.gateway.connection).create({ ...about, ...nothing, ...found });
  return answering;
}

describe('POST /api/mapping-tests', () => {
  it('asks the directory for a person by a mapping that is not saved, and shows it beside what the learner has', async () => {
    const fields = [
      ...[read('jobTitle', 'ANALYST'), read('location', null), read('department', 'Looms')],
      read('customFields.team', null, 'D3030: no number'),
    ];

    const answer = await inspecting(ask({ person: 'ada@acme.example', mapping }), { person, fields });

    expect((await requests()).at(-1)).toMatchObject({
      ...{ organisationId: world.acme.id, mode: 'inspect', lookUp: 'ada@acme.example', requestedBy: ownerId, mapping },
    });
    expect([answer.status, bodyOf(answer)]).toEqual([
      200,
      {
        ...{ person: { id: ada.oid, name: ada.name }, problem: null },
        fields: [
          { field: 'jobTitle', from: '$uppercase(jobTitle)', value: 'ANALYST', note: null, now: 'Analyst' },
          { field: 'location', from: 'city', value: null, note: expect.stringContaining('keeps'), now: null },
          {
            ...{ field: 'department', from: 'department', value: 'Looms', now: 'Engines' },
            note: expect.stringContaining('create only'),
          },
          { field: 'customFields.team', from: 'companyName', value: null, note: 'D3030: no number', now: null },
        ],
      },
    ]);
  });

  it('takes the stored mapping where none is sent', async () => {
    const answer = await inspecting(ask({ person: ada.oid }), { person, fields: [read('firstName', 'Ada')] });

    expect((await requests()).at(-1)).not.toHaveProperty('mapping');
    expect(bodyOf(answer).fields).toEqual([
      { field: 'firstName', from: 'givenName', value: 'Ada', note: null, now: 'Ada' },
    ]);
  });

  it('says what the directory says against it, or that it has nobody of that name', async () => {
    const problem = 'User.Read.All is missing: people can not be read';

    expect(bodyOf(await inspecting(ask({ person: 'x@acme.example' }), { problem }))).toEqual({
      ...{ person: null, fields: [], problem },
    });
    expect(bodyOf(await inspecting(ask({ person: 'x@acme.example' }), {}))).toEqual({
      ...{ person: null, fields: [], problem: 'There is nobody "x@acme.example" in the directory.' },
    });
  });

  it('says of somebody who is no learner here what the mapping makes of them, and nothing more', async () => {
    const stranger = { ...person, id: 'e0000000-0000-4000-8000-00000000000e', displayName: null };

    const answer = await inspecting(ask({ person: stranger.id }), {
      person: stranger,
      fields: [read('firstName', 'Eve')],
    });

    expect(bodyOf(answer)).toMatchObject({
      person: { id: stranger.id, name: 'ada@acme.example' },
      fields: [{ value: 'Eve', now: null }],
    });
  });

  it('refuses a mapping that could not be saved, with every mistake, and asks nothing', async () => {
    const before = (await requests()).length;
    const wrong = { customFields: [], rules: [rule('jobTitle', '$eval(x)'), rule('shoeSize', 'city')] };

    const answer = await ask({ person: ada.oid, mapping: wrong });

    expect([answer.status, bodyOf(answer).code]).toEqual([422, 'invalid-mapping']);
    expect(bodyOf(answer).detail).toMatch(/"jobTitle": .*"shoeSize": there is no such standard field/s);
    expect((await ask({ person: ada.oid, mapping: { rules: 'all' } })).status).toBe(422);
    expect(await requests()).toHaveLength(before);
  });

  it('says so where no group is connected', async () => {
    const organisations = organisationModel(world.gateway.connection);
    const { microsoft } = world.acme;
    await organisations.updateOne({ _id: world.acme.id }, { 'microsoft.groupId': null });

    const answer = await ask({ person: ada.oid });

    expect(bodyOf(answer)).toMatchObject({ person: null, problem: expect.stringContaining('not connected') });
    await organisations.updateOne({ _id: world.acme.id }, { 'microsoft.groupId': microsoft?.groupId });
  });

  it('is refused to learners, to nobody, from other sites, without a person, and under a key', async () => {
    const before = (await requests()).length;
    const answers = [
      await ask({ person: ada.oid }, learner),
      await ask({ person: ada.oid }, createBrowser()),
      await ask({ person: ada.oid }, owner, { 'sec-fetch-site': 'cross-site' }),
      await ask({ mapping }),
      await ask({ person: ada.oid }, owner, { 'idempotency-key': 'k' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 401, 403, 400, 400]);
    expect(await requests()).toHaveLength(before);
  });
});
