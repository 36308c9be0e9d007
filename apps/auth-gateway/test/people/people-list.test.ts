import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { peopleFilter } from '../../src/people/people-filter.ts';
import { type PeopleQuery, readPeople } from '../../src/people/people-list.ts';
import { storeLearner } from '../fixtures/a-learner.ts';
import { anInvitation } from '../fixtures/an-invitation.ts';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
let learner: Browser;

const oid = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
  readonly total: number;
}

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
  await storePeople();
}, 120_000);
afterAll(() => world.stop());

const change = (personId: string, set: Partial<Record<string, unknown>>) =>
  world.gateway.models.learners.collection.updateOne(
    { _id: learnerIdOf(world.acme.id, 'microsoft', personId) as never },
    { $set: set },
  );

/** Besides Ada and Grace: one who left, one by hand alone, one whom a list knows too, a tombstone, and others' people. */
async function storePeople(): Promise<void> {
  const { gateway, acme, globex } = world;
  const { invitations, learners, photos } = gateway.models;
  const organisationId = acme.id;
  const store = (n: number, name: string, more: object = {}) =>
    storeLearner(gateway, { organisationId, personId: oid(n), name, userPrincipalName: `p${n}@acme.example`, ...more });
  const linus = await store(1, 'Linus Pauling', { active: false });
  const { _id, ...marie } = await store(2, 'Marie Curie-Skłodowska', { jobTitle: 'Physicist' });
  const manual = { id: 'by-hand', version: 1, commandId: 'by-hand', active: true, employeeId: null };
  await learners.deleteOne({ _id });
  const byHand = { ...manual, userPrincipalName: 'marie@elsewhere.example', fields: marie.fields };
  await learners.create({ ...marie, _id: 'lrn_marie', sources: { microsoft: null, manual: byHand } });
  await store(3, 'Niels (Bohr)');
  await change(oid(3), { 'sources.manual': { ...byHand, active: false } });
  await store(4, 'Nobody', { active: false });
  await change(oid(4), { tombstone: true });
  await store(5, 'Nameless');
  await change(oid(5), { 'fields.displayName': null, 'fields.firstName': 'Olga', 'fields.lastName': null });
  await storeLearner(gateway, { organisationId: globex.id, personId: oid(6), name: 'Grace of Globex' });
  await invitations.create(anInvitation({ _id: 'lrn_marie', organisationId, state: 'held', sentAt: null }));
  await invitations.create(anInvitation({ _id: linus._id, organisationId, expiresAt: new Date(0) }));
  await photos.create({
    _id: linus._id,
    ...{ organisationId, personId: oid(1), version: '0000000001-000000000007', runId: 'run' },
    ...{ etag: 'etag', mediaType: 'image/png', bytes: Buffer.from('a photo') },
  });
}

const get = (query = '', browser = owner, home = world.home) => browser.get(`${home}/api/people${query}`);
const page = async (query = '') => JSON.parse((await get(query)).body) as Page;
const namesOf = ({ items }: Page) => items.map(({ name }) => name);
const found = async (query: string) => {
  const read = await page(query);
  expect(read.total).toBe(read.items.length);
  return namesOf(read);
};

const everybody = ['Olga', ada.name, grace.name, 'Linus Pauling', 'Marie Curie-Skłodowska', 'Niels (Bohr)'];

describe('GET /api/people', () => {
  it('lists who is there by name, whoever has none first, and nobody of another organisation', async () => {
    expect(await found('')).toEqual(everybody);
  });

  it('tells of each who they are, by whose word, and how far they have come', async () => {
    const { items } = await page();
    const of = (name: string) => items.find((one) => one['name'] === name);

    expect(of('Linus Pauling')).toEqual({
      learnerId: learnerIdOf(world.acme.id, 'microsoft', oid(1)),
      ...{ name: 'Linus Pauling', email: 'p1@acme.example', userPrincipalName: 'p1@acme.example' },
      ...{ department: 'Engines', jobTitle: 'Analyst', active: false, source: 'microsoft' },
      ...{ invitation: 'expired', hasPhoto: true },
    });
    expect(of('Marie Curie-Skłodowska')).toMatchObject({
      ...{ learnerId: 'lrn_marie', source: 'manual', userPrincipalName: 'marie@elsewhere.example' },
      ...{ invitation: 'held', hasPhoto: false, jobTitle: 'Physicist' },
    });
    expect(of('Niels (Bohr)')).toMatchObject({ source: 'both', userPrincipalName: 'p3@acme.example' });
    expect(of(ada.name)).toMatchObject({ active: true, invitation: null });
  });

  it.each([
    ['all', everybody],
    ['in-group', ['Olga', ada.name, grace.name, 'Niels (Bohr)']],
    ['active', ['Olga', ada.name, grace.name, 'Marie Curie-Skłodowska', 'Niels (Bohr)']],
    ['deactivated', ['Linus Pauling']],
    ['to-invite', ['Marie Curie-Skłodowska']],
  ])('shows %s', async (show, names) => {
    expect(await found(`?show=${show}`)).toEqual(names);
  });

  it.each([
    ['a name', 'grace', [grace.name]],
    ['a further name, whatever its capitals', 'PAUL', ['Linus Pauling']],
    ['a name after a hyphen', 'skł', ['Marie Curie-Skłodowska']],
    ['a name of several words', 'marie cur', ['Marie Curie-Skłodowska']],
    ['somebody who has no whole name', 'olg', ['Olga']],
    ['an email', 'p3@acme', ['Niels (Bohr)']],
    ['a name in brackets, which are no pattern', '(bohr)', ['Niels (Bohr)']],
    ['nothing inside of a word', 'auling', []],
    ['nothing by a pattern', '.*', []],
    ['nobody of another organisation', 'globex', []],
    ['nobody of whom only a version is kept', 'nobody', []],
  ])('finds %s', async (_what, q, names) => {
    expect(await found(`?q=${encodeURIComponent(q)}`)).toEqual(names);
  });

  it('takes both together, and what a form sends empty for everybody', async () => {
    expect(await found('?show=deactivated&q=li')).toEqual(['Linus Pauling']);
    expect(await found('?show=active&q=li')).toEqual([]);
    expect(await found('?show=to-invite&q=marie')).toEqual(['Marie Curie-Skłodowska']);
    expect(await found('?show=&q=')).toEqual(everybody);
  });

  it('is read page by page, none twice and none left out, with the total on each', async () => {
    const pages: Page[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.next ?? null) {
      pages.push(await page(`?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`));
    }

    expect(pages.flatMap(namesOf)).toEqual(everybody);
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([everybody.length]));
  });

  it.each(['show=everybody', 'q=a', 'q=%20%20%20', `q=${'a'.repeat(101)}`, 'qq=ada', 'limit=0', 'cursor=nobodys'])(
    'refuses %s',
    async (query) => {
      const { status, headers } = await get(`?${query}`);

      expect([status, headers['content-type']]).toEqual([400, expect.stringContaining('problem+json')]);
    },
  );

  it('is for Owners and Admins of the organisation alone', async () => {
    const statuses = await Promise.all([
      get('', learner),
      get('', createBrowser()),
      get('', owner, world.otherHome),
      get('', owner),
    ]);

    expect(statuses.map(({ status }) => status)).toEqual([403, 401, 401, 200]);
  });
});

describe('the people of a large organisation', () => {
  const COUNT = 20_000;
  const organisationId = 'a-large-organisation';
  const surnames = ['Lovelace', 'Hopper', 'Curie', 'Noether', 'Franklin', 'Meitner', 'Somerville'];

  beforeAll(async () => {
    const { learners } = world.gateway.models;
    const like = await learners.findOne({ 'fields.displayName': ada.name }).lean<LearnerDocument>().orFail();
    const aPerson = (n: number): LearnerDocument => {
      const [name, email] = [`Person ${n} ${surnames[n % surnames.length] ?? ''}`, `person.${n}@large.example`];
      const fields = { ...like.fields, displayName: name, email };
      const { microsoft } = like.sources;
      const source = microsoft && { ...microsoft, personId: `p-${n}`, userPrincipalName: email, fields };
      return { ...like, _id: `large-${n}`, organisationId, fields, sources: { microsoft: source } };
    };
    for (let from = 0; from < COUNT; from += 2000) {
      await learners.collection.insertMany(Array.from({ length: 2000 }, (_, n) => aPerson(from + n)) as never);
    }
  }, 120_000);

  const read = (query: Partial<PeopleQuery> = {}) => {
    const deps = { ...world.gateway.models, clock: () => new Date() };
    return readPeople(deps, organisationId, { limit: 100, show: 'all', ...query });
  };

  it.each([
    ['everybody', {}, COUNT],
    ['many of one name', { q: 'curie' }, 2857],
    ['one', { q: 'person.19999' }, 1],
    ['nobody', { q: 'zz' }, 0],
  ])('are counted and listed where the filter lets %s through', async (_whom, query, total) => {
    const found = await read(query);

    expect([found.total, found.items.length]).toEqual([total, Math.min(total, 100)]);
  });

  it.each([
    ['the first page', {}],
    [
      'a page in the middle',
      {
        $or: [
          { 'fields.displayName': { $gt: 'Person 15 Hopper' } },
          { 'fields.displayName': 'Person 15 Hopper', _id: { $gt: 'large-15' } },
        ],
      },
    ],
  ])('are read for %s by an index that has them in order, and no others are', async (_which, after) => {
    const filter: object = { $and: [await peopleFilter(world.gateway.models, organisationId, { show: 'all' }), after] };
    const found = world.gateway.models.learners.find(filter).sort({ 'fields.displayName': 1, _id: 1 }).limit(101);

    const explained = (await found.explain('executionStats')) as unknown as {
      readonly queryPlanner: { readonly winningPlan: object };
      readonly executionStats: { readonly nReturned: number; readonly totalDocsExamined: number };
    };

    expect(JSON.stringify(explained.queryPlanner.winningPlan)).not.toContain('"SORT"');
    expect(explained.executionStats).toMatchObject({ nReturned: 101 });
    expect(explained.executionStats.totalDocsExamined).toBeLessThan(110);
  });
});
