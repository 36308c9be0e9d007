import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnerIdOf, type ProvisioningLogDocument } from '@learnamp/learners';
import { changeSettings } from '@learnamp/organisations';
import type { Browser } from '@learnamp/testkit';
import { aRun, storeLearner } from '../fixtures/a-learner.ts';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

const grace = { oid: 'b0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper', upn: 'grace@acme.example' };
/** Somebody whose name a spreadsheet would calculate, with everything that CSV has to quote. */
const mallory = { oid: 'c0000000-0000-4000-8000-00000000000c', name: '=HYPERLINK("x"), M', upn: 'm@acme.example' };

let world: World;
let owner: Browser;
let learner: Browser;
let ids: Readonly<Record<'ada' | 'grace' | 'mallory', string>>;

interface Listed {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
}

beforeAll(async () => {
  world = await aWorld();
  const organisationId = world.acme.id;
  const idOf = ({ oid }: { oid: string }) => learnerIdOf(organisationId, 'microsoft', oid);
  ids = { ada: idOf(ada), grace: idOf(grace), mallory: idOf(mallory) };
  await world.gateway.roles.grant(organisationId, ids.ada, 'Owner');
  for (const { oid, name, upn } of [grace, mallory]) {
    await storeLearner(world.gateway, { organisationId, personId: oid, name, userPrincipalName: upn });
  }
  [owner, learner] = [createBrowser(), createBrowser()];
  await world.signIn(owner);
  await world.signIn(learner, { oid: grace.oid, name: grace.name, preferred_username: grace.upn });
  await storeRecords();
}, 120_000);
afterAll(() => world.stop());

const entry = (n: number, more: Partial<ProvisioningLogDocument>): ProvisioningLogDocument => ({
  _id: `entry-${String(n).padStart(5, '0')}`,
  organisationId: world.acme.id,
  learnerId: ids.ada,
  personId: ada.oid,
  runId: 'run-1',
  version: '0000000001-000000000001',
  at: new Date(Date.UTC(2026, 10, n, 12)),
  action: 'updated',
  changes: [{ field: 'jobTitle', old: null, new: 'Analyst' }],
  removal: null,
  ...more,
});

async function storeRecords(): Promise<void> {
  const { provisioningLog, runs } = world.gateway.models;
  const removal = { cause: 'left', proof: 'checkMemberGroups said no' } as const;
  await provisioningLog.create([
    entry(1, { action: 'created', changes: [{ field: 'email', old: null, new: 'ada@acme.example' }] }),
    entry(2, { learnerId: ids.grace, runId: 'run-2' }),
    entry(3, { learnerId: ids.mallory, changes: [{ field: 'department', old: 'a "b", c', new: '+1\r\n2' }] }),
    entry(4, { learnerId: ids.grace, action: 'deactivated', removal, changes: [] }),
    entry(5, { organisationId: world.globex.id, _id: 'theirs' }),
  ]);
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));
  const over = (day: number) => ({ organisationId: world.acme.id, startedAt: at(day), finishedAt: at(day) });
  await runs.create([
    aRun({ _id: 'running', organisationId: world.acme.id, startedAt: at(9) }),
    aRun({ ...over(1), _id: 'done', stage: 'finished', trigger: 'request', requestedBy: ids.ada }),
    aRun({ ...over(2), _id: 'troubled', stage: 'finished', mode: 'delta', problem: '3 people could not be read' }),
    aRun({ ...over(3), _id: 'cut', stage: 'interrupted' }),
    aRun({ ...over(4), _id: 'stopped', stage: 'cancelled', mode: 'preview', cancelledBy: ids.ada }),
    aRun({ _id: 'elsewhere', organisationId: world.globex.id }),
  ]);
  await storeAuditEntries();
}

/** Three of an operator, then one of Ada. */
async function storeAuditEntries(): Promise<void> {
  const { gateway } = world;
  const { connection } = gateway;
  const { id } = world.acme;
  const at = new Date();
  const operator = { kind: 'operator', id: 'a-test' } as const;
  for (const guests of [true, false, true]) {
    await changeSettings(connection, id, { singleSignOn: { guests } }, { actor: operator, at });
  }
  await gateway.allowPasswords(id, false);
  const actor = { kind: 'learner', id: ids.ada } as const;
  await changeSettings(connection, id, { passwords: { enabled: true } }, { actor, at });
}

const get = (path: string, browser = owner) => browser.get(`${world.home}${path}`);
const listed = async (path: string) => JSON.parse((await get(path)).body) as Listed;
const runsOf = async (query: string) => (await listed(`/api/sync-runs?${query}`)).items.map(({ id }) => id);
const daysOf = async (query: string) =>
  (await listed(`/api/provisioning-log?${query}`)).items.map(({ at }) => Number(String(at).slice(8, 10)));

describe('GET /api/provisioning-log', () => {
  it('tells of each entry whom it is about, what changed and why, the newest first', async () => {
    const { items } = await listed('/api/provisioning-log');

    expect(items.map(({ at }) => String(at).slice(0, 10))).toEqual([4, 3, 2, 1].map((day) => `2026-11-0${day}`));
    expect(items[0]).toMatchObject({
      ...{ person: grace.name, email: grace.upn, action: 'deactivated', runId: 'run-1' },
      ...{ reason: 'left', proof: 'checkMemberGroups said no', changes: [] },
    });
    expect(items[3]).toMatchObject({ changes: [{ field: 'email', old: null, new: 'ada@acme.example' }] });
  });

  it.each([
    ['by an address, whatever its capitals', 'person=GRACE@acme.example', [4, 2]],
    ['by a part of a name', 'person=hopp', [4, 2]],
    ['by a name that is no pattern', 'person=.*', []],
    ['by a field', 'field=department', [3]],
    ['by what happened', 'action=created', [1]],
    ['by why somebody was removed', 'reason=left', [4]],
    ['by a run', 'run=run-2', [2]],
    ['from a day to a day, both in it', 'from=2026-11-02&to=2026-11-03', [3, 2]],
    ['from a moment', 'from=2026-11-03T12:00:01Z', [4]],
    ['by two of these', 'person=grace@acme.example&action=updated', [2]],
    ['by nothing, where a form sends everything empty', 'person=&field=&action=&reason=&run=&from=&to=', [4, 3, 2, 1]],
  ])('is filtered %s', async (_how, query, days) => {
    expect(await daysOf(query)).toEqual(days);
  });

  it('is filtered by exactly one learner, together with other filters or without', async () => {
    expect(await daysOf(`learner=${ids.grace}`)).toEqual([4, 2]);
    expect(await daysOf(`learner=${ids.grace}&action=updated`)).toEqual([2]);
    expect(await daysOf(`learner=${ids.grace}&person=hopper`)).toEqual([4, 2]);
    expect(await daysOf(`learner=${ids.grace}&person=ada@acme.example`)).toEqual([]);
    expect(await daysOf('learner=nobodys')).toEqual([]);
  });

  it('is read page by page with the filters, none twice and none left out', async () => {
    const first = await listed('/api/provisioning-log?limit=2&from=2026-11-01');
    const second = await listed(`/api/provisioning-log?limit=2&from=2026-11-01&cursor=${first.next ?? ''}`);

    expect([first.items.length, second.items.length, second.next]).toEqual([2, 2, null]);
    expect(new Set([...first.items, ...second.items].map(({ at }) => at)).size).toBe(4);
  });

  it.each(['action=eaten', 'perzon=ada', 'from=yesterday', 'from=2026-13-45', 'cursor=x', 'limit=0'])(
    'refuses %s',
    async (query) => {
      const answer = await get(`/api/provisioning-log?${query}`);

      expect([answer.status, answer.headers['content-type']]).toEqual([400, expect.stringContaining('problem+json')]);
    },
  );
});

describe('GET /api/provisioning-log/export', () => {
  it('is a CSV file that spreadsheets read and do not calculate: a line for each change', async () => {
    const { headers, body } = await get('/api/provisioning-log/export?format=csv&field=department');

    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="acme-provisioning-log.csv"');
    expect(body).toBe(
      '\uFEFFAt,Person,Email,Action,Field,Old,New,Reason,Proof,Run,Groups,Learner\r\n' +
        `2026-11-03T12:00:00.000Z,"'=HYPERLINK(""x""), M",m@acme.example,updated,department,"a ""b"", c","'+1\r\n2",` +
        `,,run-1,,${ids.mallory}\r\n`,
    );
  });

  it('is JSON of everything that the filters let through, as the list has it', async () => {
    const { body } = await get('/api/provisioning-log/export?format=json&person=hopper');

    expect(JSON.parse(body)).toEqual((await listed('/api/provisioning-log?person=hopper')).items);
    expect(JSON.parse((await get('/api/provisioning-log/export?format=json&person=nobody')).body)).toEqual([]);
  });

  it('has everything where it is longer than is read at once, and in the same order', async () => {
    const many = Array.from({ length: 1203 }, (_, n) =>
      entry(n, { _id: `many-${n}`, runId: 'many', at: new Date(n * 1000) }),
    );
    await world.gateway.models.provisioningLog.insertMany(many);

    const all = JSON.parse((await get('/api/provisioning-log/export?format=json&run=many')).body) as { at: string }[];

    expect(all.map(({ at }) => new Date(at).getTime() / 1000)).toEqual(many.map((_, n) => 1202 - n));
    await world.gateway.models.provisioningLog.deleteMany({ runId: 'many' });
  });

  it.each(['', 'format=pdf', 'format=csv&from=2026-13-45', 'format=csv&limit=5'])('refuses %j', async (query) => {
    expect((await get(`/api/provisioning-log/export?${query}`)).status).toBe(400);
  });
});

describe('GET /api/sync-runs', () => {
  it.each([
    ['', ['running', 'stopped', 'cut', 'troubled', 'done']],
    ['kind=delta', ['troubled']],
    ['outcome=running', ['running']],
    ['outcome=finished', ['done']],
    ['outcome=incomplete', ['troubled']],
    ['outcome=interrupted', ['cut']],
    ['outcome=cancelled', ['stopped']],
    ['trigger=request', ['done']],
    ['from=2026-11-03&to=2026-11-04', ['stopped', 'cut']],
  ])('is filtered by %j', async (query, found) => {
    expect(await runsOf(query)).toEqual(found);
  });

  it('is exported with who asked and who cancelled by name', async () => {
    const { body } = await get('/api/sync-runs/export?format=csv&outcome=cancelled');

    expect(body.split('\r\n')[1]).toMatch(/^stopped,preview,cancelled,By schedule,,Ada Lovelace,2026-11-04T/);
    expect(JSON.parse((await get('/api/sync-runs/export?format=json')).body)).toHaveLength(5);
  });
});

describe('GET /api/audit-log', () => {
  it('names who changed what, newest first, page by page', async () => {
    const first = await listed('/api/audit-log?limit=3');
    const second = await listed(`/api/audit-log?limit=3&cursor=${first.next ?? ''}`);

    expect([...first.items, ...second.items].map(({ sequence }) => sequence)).toEqual([4, 3, 2, 1]);
    expect(first.items[0]).toMatchObject({ who: ada.name, action: 'settings changed', hash: expect.any(String) });
    expect(first.items[1]).toMatchObject({ who: 'Learn Amp', actor: { kind: 'operator' } });
  });

  it('is exported oldest first, a line of JSON for each entry as it was hashed', async () => {
    const { body, headers } = await get('/api/audit-log/export?format=jsonl');
    const lines = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

    expect(headers['content-disposition']).toBe('attachment; filename="acme-audit-log.jsonl"');
    expect(lines.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    for (const [at, line] of lines.entries())
      expect(line['previousHash']).toBe(at === 0 ? '' : lines[at - 1]?.['hash']);
    expect((await get('/api/audit-log/export?format=csv')).body.trim().split('\r\n')).toHaveLength(5);
  });
});

describe('whose records they are', () => {
  const paths = ['provisioning-log', 'sync-runs', 'audit-log'].flatMap((name) => [
    `/${name}`,
    `/api/${name}`,
    `/api/${name}/export?format=csv`,
  ]);

  it.each(paths)('%s is refused to a learner and to nobody', async (path) => {
    expect([(await get(path, learner)).status, (await get(path, createBrowser())).status]).toEqual([403, 401]);
  });

  it.each(paths)("%s has nothing of another organisation's, and something of this one's", async (path) => {
    const { status, body } = await get(path);

    expect(status).toBe(200);
    expect(body).not.toMatch(/theirs|elsewhere/);
    expect(body).toContain(
      path.includes('audit') ? 'passwords.enabled' : path.includes('runs') ? 'Ada Lovelace' : 'jobTitle',
    );
  });
});
