import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listLimits } from '@learnamp/directory';
import { type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import { storeLearner } from '../fixtures/a-learner.ts';
import type { Browser } from '@learnamp/testkit';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };
const list = [
  'Email;First name;Department;Colour',
  'known@acme.example;Known;Engines;red',
  'new@acme.example;New;;red',
  'nobody;Bad;;red',
  'ada@acme.example;Ada;;red',
].join('\r\n');

let world: World;
let owner: Browser;

beforeAll(async () => {
  world = await aWorld();
  await storeLearner(world.gateway, { organisationId: world.acme.id, personId: grace.oid, name: grace.name });
  await world.gateway.roles.grant(world.acme.id, learnerIdOf(world.acme.id, 'microsoft', grace.oid), 'Owner');
  await knowByHand('known@acme.example');
  // As profile-writer does: whoever the directory brought is found too, and has to be named.
  const ofAda = { _id: learnerIdOf(world.acme.id, 'microsoft', ada.oid) };
  await world.gateway.models.learners.updateOne(ofAda, { $set: { matchKeys: ['address:ada@acme.example'] } });
  owner = createBrowser();
  await world.signIn(owner, grace);
}, 120_000);

afterAll(() => world.stop());

beforeEach(async () => {
  await Promise.all([world.gateway.models.imports.deleteMany({}), world.gateway.models.importRows.deleteMany({})]);
});

async function knowByHand(email: string): Promise<void> {
  const { gateway, acme } = world;
  const about = { organisationId: acme.id, personId: 'd0000000-0000-4000-8000-00000000000d' };
  const { _id } = await storeLearner(gateway, { ...about, userPrincipalName: email });
  const manual: Partial<LearnerDocument['sources']['manual']> = { id: 'x', version: 1, employeeId: null };
  const byHand = { sources: { microsoft: null, manual }, matchKeys: [`address:${email}`] };
  await gateway.models.learners.updateOne({ _id }, { $set: byHand });
}

const api = (path = '') => `${world.home}/api/imports${path}`;
const upload = (text: string | Uint8Array = list, browser = owner, headers = {}) =>
  browser.postFile(api('?name=staff.csv'), Buffer.from(text), headers);
const read = async (text = list) => JSON.parse((await upload(text)).body) as { id: string };

describe('a list that is brought', () => {
  it('is read, and answered with what would become of each row; nothing is asked of anybody', async () => {
    const before = (await learnerCommandsOf(world.gateway)).length;

    const answer = await upload();

    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.body)).toMatchObject({
      ...{ fileName: 'staff.csv', state: 'read', rows: 4, bad: 1 },
      foreseen: { create: 1, update: 1, refuse: 1 },
      columns: [{ field: 'email' }, { field: 'firstName' }, { field: 'department' }, { title: 'Colour', field: null }],
      progress: { done: 0, total: 3 },
      problems: [
        { line: 4, problem: 'Email: the value is no email address.' },
        { line: 5, problem: expect.stringContaining('comes from the directory') },
      ],
    });
    expect(await learnerCommandsOf(world.gateway)).toHaveLength(before);
  });

  it('is started once, with an entry in the audit log', async () => {
    const { id } = await read();

    const answers = [await owner.postJson(api(`/${id}/start`), {}), await owner.postJson(api(`/${id}/start`), {})];

    expect(answers.map(({ status, body }) => [status, (JSON.parse(body) as { state: string }).state])).toEqual([
      [200, 'started'],
      [200, 'started'],
    ]);
    const entries = await world.gateway.models.auditEntries.find({ action: 'import started' }).lean();
    expect(entries).toMatchObject([{ changes: [{ path: 'import of staff.csv', new: '3 rows' }] }]);
    const { expiresAt } = (await world.gateway.models.importRows.findOne({ importId: id }).lean()) ?? {};
    expect(expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 24 * 3600 * 1000);
  });

  it('is brought by the page as well, and shown there', async () => {
    const boundary = 'a-boundary';
    const body = [
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="<b>staff.csv"',
      'content-type: text/csv',
      '',
      list,
      `--${boundary}--`,
      '',
    ].join('\r\n');

    const answer = await owner.postFile(`${world.home}/imports`, Buffer.from(body), {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });

    expect(answer.status).toBe(303);
    const page = (await owner.get(answer.location)).body;
    expect(page).toContain('&lt;b&gt;staff.csv');
    expect(page).toContain('Email: the value is no email address.');
    expect(page).toContain('These columns are not used: Colour.');
    expect((await owner.get(`${world.home}/imports`)).body).toContain('waits to be started');
  });

  it('tells of the rest of its bad rows page by page', async () => {
    const rows = Array.from({ length: 450 }, (_, index) => `bad ${index}`);
    const { id } = await read(['Email', ...rows].join('\n'));

    const lines: number[] = [];
    for (let after = 0; ; after = lines.at(-1) ?? 0) {
      const { body } = await owner.get(api(`/${id}/problems?after=${after}`));
      const { problems, moreProblems } = JSON.parse(body) as { problems: { line: number }[]; moreProblems: boolean };
      lines.push(...problems.map(({ line }) => line));
      if (!moreProblems) break;
    }

    expect(lines).toEqual(rows.map((_row, index) => index + 2));
    expect((await owner.get(`${world.home}/imports/${id}?after=400`)).body).toContain('>402<');
  });

  it.each([
    ['no list at all', Buffer.from('Hello'), 422],
    ['another encoding', Buffer.from('Email;Name\nzo\xeb@b.example;x', 'latin1'), 422],
    ['nothing', Buffer.alloc(0), 422],
    ['too much', Buffer.alloc(listLimits.bytes + 1, 0x61), 413],
  ])('is refused when it is %s, and nothing is stored', async (_what, bytes, status) => {
    const answer = await upload(bytes);

    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(await world.gateway.models.imports.countDocuments()).toBe(0);
    expect(await world.gateway.models.importRows.countDocuments()).toBe(0);
  });

  it('is none of the business of a learner, of nobody, of another organisation and of another site', async () => {
    const learner = createBrowser();
    await world.signIn(learner, ada);
    const { id } = await read();

    expect((await upload(list, learner)).status).toBe(403);
    expect((await upload(list, createBrowser())).status).toBe(401);
    expect((await upload(list, owner, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await learner.postJson(api(`/${id}/start`), {})).status).toBe(403);
    expect((await learner.get(api(`/${id}`))).status).toBe(403);
    await world.gateway.models.imports.updateOne({ _id: id }, { $set: { organisationId: world.globex.id } });
    for (const path of ['', '/problems']) expect((await owner.get(api(`/${id}${path}`))).status).toBe(404);
    expect((await owner.postJson(api(`/${id}/start`), {})).status).toBe(404);
    expect((await owner.get(`${world.home}/imports/${id}`)).status).toBe(404);
    expect(await world.gateway.models.imports.findById(id).lean()).toMatchObject({ state: 'read' });
  });
});
