import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LearnerDocument, learnerIdOf, membershipId } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { storeLearner } from '../fixtures/a-learner.ts';
import { anInvitation } from '../fixtures/an-invitation.ts';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const mary = { oid: 'c0000000-0000-4000-8000-000000000001', name: 'Mary Somerville' };
const bytes = Buffer.from('a photo, which nobody looks at');
let world: World;
let owner: Browser;
let learner: Browser;
let ids: Readonly<Record<'ada' | 'grace' | 'mary' | 'theirs' | 'gone', string>>;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
  const { gateway, acme, globex } = world;
  const organisationId = acme.id;
  const { _id: maryId } = await storeLearner(gateway, {
    ...{ organisationId, personId: mary.oid, name: mary.name, managerId: grace.oid },
    userPrincipalName: 'mary@acme.example',
  });
  const gone = await storeLearner(gateway, { organisationId, personId: 'gone', name: 'Gone', active: false });
  await gateway.models.learners.updateOne({ _id: gone._id }, { $set: { tombstone: true } });
  const theirs = await storeLearner(gateway, { organisationId: globex.id, personId: mary.oid, name: 'Theirs' });
  const idOf = (personId: string) => learnerIdOf(organisationId, 'microsoft', personId);
  ids = { ada: idOf(ada.oid), grace: idOf(grace.oid), mary: maryId, theirs: theirs._id, gone: gone._id };
}, 120_000);
afterAll(() => world.stop());

const get = (path: string, browser = owner, headers = {}) => browser.get(`${world.home}/api/people/${path}`, headers);
const read = async (learnerId: string) => JSON.parse((await get(learnerId)).body) as Record<string, unknown>;
const change = (learnerId: string, set: object, unset: object = {}) =>
  world.gateway.models.learners.collection.updateOne({ _id: learnerId as never }, { $set: set, $unset: unset });

describe('GET /api/people/:learnerId', () => {
  it('tells who somebody is, what they are here, and where', async () => {
    const { teams, memberships } = world.gateway.models;
    const organisationId = world.acme.id;
    await teams.create([
      { _id: 'tm_engines', organisationId, name: 'Engines', origin: 'department', parentId: null },
      { _id: 'tm_chess', organisationId, name: 'Chess', origin: 'manual', parentId: null },
    ]);
    for (const [teamId, origin] of [
      ['tm_engines', 'department'],
      ['tm_chess', 'manual'],
    ] as const) {
      const membership = { organisationId, learnerId: ids.mary, teamId, origin };
      await memberships.create({ _id: membershipId(membership), ...membership });
    }
    const joinedAt = new Date('2026-11-20T08:00:00Z');
    await change(ids.mary, { primaryTeamId: 'tm_engines', joinedAt });

    expect(await read(ids.mary)).toMatchObject({
      ...{ learnerId: ids.mary, name: mary.name, active: true, email: 'mary@acme.example', personId: mary.oid },
      ...{ userPrincipalName: 'mary@acme.example', source: 'microsoft', photo: null, role: 'Learner' },
      ...{ isKeptAsLastOwner: false, joinedAt: joinedAt.toISOString(), createdAt: expect.any(String) },
      team: { id: 'tm_engines', name: 'Engines' },
      teams: [
        { id: 'tm_chess', name: 'Chess', origin: 'manual' },
        { id: 'tm_engines', name: 'Engines', origin: 'department' },
      ],
      manager: { learnerId: ids.grace, personId: grace.oid, name: grace.name, active: true },
      ...{ reports: 0, invitation: null, removal: null, sessions: [], signIns: [], formerLinks: [] },
    });
    expect(await read(ids.grace)).toMatchObject({ reports: 1, manager: null, team: null, teams: [] });
    expect(await read(ids.ada)).toMatchObject({ role: 'Owner', joinedAt: null });
  });

  it('tells a manager who is no learner yet from one who is', async () => {
    const personId = 'd0000000-0000-4000-8000-000000000001';
    await change(ids.ada, { manager: { personId, learnerId: null } });

    expect(await read(ids.ada)).toMatchObject({ manager: { personId, learnerId: null, name: null, active: null } });
  });

  it('tells of each field who said what it shows', async () => {
    const fieldsOf = async () => {
      const { fields } = (await read(ids.mary)) as { fields: { field: string; value: unknown; from: string }[] };
      return Object.fromEntries(fields.map(({ field, value, from }) => [field, [value, from]]));
    };
    await change(ids.mary, { customFields: { badge: '7' }, 'sources.microsoft.customFields': { badge: '7' } });
    expect(await fieldsOf()).toMatchObject({
      ...{ displayName: [mary.name, 'microsoft'], location: [null, 'nobody'] },
      'customFields.badge': ['7', 'microsoft'],
    });

    const { fields } = await world.gateway.models.learners.findById(ids.mary).lean<LearnerDocument>().orFail();
    const said = { ...fields, jobTitle: 'Polymath', department: null };
    const manual = { id: 'm', version: 1, commandId: 'm', active: true, employeeId: null, userPrincipalName: null };
    await change(ids.mary, {
      ...{ 'sources.manual': { ...manual, fields: said }, 'sources.microsoft.active': false },
      'fields.jobTitle': 'Polymath',
    });
    expect(await fieldsOf()).toMatchObject({
      ...{ jobTitle: ['Polymath', 'manual'], department: ['Engines', 'microsoft'], displayName: [mary.name, 'manual'] },
    });
    await change(ids.mary, { 'sources.microsoft.active': true }, { 'sources.manual': '' });
  });

  it('says in words why somebody is not active, and since when', async () => {
    const at = new Date('2026-11-21T09:30:00Z');
    await world.gateway.models.provisioningLog.create({
      _id: `${ids.grace}:2`,
      ...{ organisationId: world.acme.id, learnerId: ids.grace, personId: grace.oid, runId: 'run' },
      ...{ version: '0000000001-000000000002', at, action: 'deactivated', changes: [], removal: null },
    });
    const removal = { cause: 'left', proof: 'checkMemberGroups said no' };
    await change(ids.grace, { active: false, 'sources.microsoft.active': false, 'sources.microsoft.removal': removal });
    expect(await read(ids.grace)).toMatchObject({
      ...{ active: false, removal: { cause: 'They left the group.', at: at.toISOString() } },
    });

    const link = { personId: grace.oid, version: '0000000001-000000000001', userPrincipalName: 'grace@acme.example' };
    const unlinked = { 'sources.microsoft': null, formerLinks: [{ ...link, ended: 'unlinked' }] };
    const microsoft = (await world.gateway.models.learners.findById(ids.grace).lean())?.sources.microsoft;
    await change(ids.grace, unlinked);
    expect(await read(ids.grace)).toMatchObject({
      ...{ personId: null, userPrincipalName: null, source: 'manual' },
      removal: { cause: 'They were unlinked from the directory.' },
      formerLinks: [{ userPrincipalName: 'grace@acme.example', ended: 'unlinked' }],
    });
    await change(ids.grace, { active: true, 'sources.microsoft': { ...microsoft, active: true, removal: null } });
  });

  it('shows their invitation until it is used', async () => {
    const { invitations } = world.gateway.models;
    const sentAt = new Date('2026-11-22T07:00:00Z');
    const about = { _id: ids.mary, organisationId: world.acme.id };
    await invitations.create(anInvitation({ ...about, sentAt, address: 'mary@acme.example' }));
    expect(await read(ids.mary)).toMatchObject({
      invitation: {
        ...{ state: 'sent', stateInWords: 'Sent', address: 'mary@acme.example', reason: null },
        at: sentAt.toISOString(),
      },
    });

    await invitations.updateOne({ _id: ids.mary }, { $set: { state: 'redeemed' } });
    expect(await read(ids.mary)).toMatchObject({ invitation: null });
  });

  it('shows where they are signed in, and their latest sign-ins', async () => {
    await world.signIn(createBrowser());

    const { sessions, signIns } = (await read(ids.ada)) as { sessions: object[]; signIns: object[] };

    expect(sessions[0]).toEqual({ browser: 'A browser', with: 'Microsoft', since: expect.any(String) });
    expect(signIns.length).toBeGreaterThanOrEqual(2);
    expect(signIns[0]).toEqual({
      reference: expect.stringMatching(/^.{4}-.{4}$/),
      at: expect.any(String),
      refusal: null,
    });
    expect(await read(ids.mary)).toMatchObject({ sessions: [], signIns: [] });
  });

  it.each(['theirs', 'gone'] as const)('knows nobody who is %s', async (who) => {
    const { status, body } = await get(ids[who]);

    expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([404, 'not-found']);
    expect((await get(`${ids[who]}/photo`)).status).toBe(404);
  });

  it('is for Owners and Admins alone', async () => {
    expect((await get(ids.mary, learner)).status).toBe(403);
    expect((await get(ids.mary, createBrowser())).status).toBe(401);
    expect((await get(ids.mary)).status).toBe(200);
  });
});

describe('GET /api/people/:learnerId/photo', () => {
  it("is the person's photo, their own before the directory's, and not sent again while it is the same", async () => {
    const { photos, ownPhotos } = world.gateway.models;
    const organisationId = world.acme.id;
    expect((await get(`${ids.mary}/photo`)).status).toBe(404);
    const version = '0000000001-000000000007';
    await photos.create({
      ...{ _id: ids.mary, organisationId, personId: mary.oid, version, runId: 'run' },
      ...{ etag: 'etag', mediaType: 'image/png', bytes },
    });

    const answer = await get(`${ids.mary}/photo`);
    const { etag = '', 'content-type': type, 'cache-control': caching } = answer.headers;
    expect([answer.status, answer.body, type]).toEqual([200, bytes.toString(), 'image/png']);
    expect(caching).toBe('private, no-cache');
    expect((await get(`${ids.mary}/photo`, owner, { 'if-none-match': etag })).status).toBe(304);
    expect(await read(ids.mary)).toMatchObject({ photo: 'directory' });

    await ownPhotos.create({ _id: ids.mary, organisationId, commandId: 'c', mediaType: 'image/jpeg', bytes });
    expect((await get(`${ids.mary}/photo`, owner, { 'if-none-match': etag })).headers['content-type']).toBe(
      'image/jpeg',
    );
    expect(await read(ids.mary)).toMatchObject({ photo: 'own' });
  });

  it('is for Owners and Admins alone', async () => {
    expect((await get(`${ids.mary}/photo`, learner)).status).toBe(403);
  });
});
