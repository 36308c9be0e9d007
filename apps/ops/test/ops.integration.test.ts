import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { learnerIdOf, outcomeRowModel, runModel } from '@learnamp/learners';
import {
  auditEntryModel,
  createRoles,
  openSftpSecret,
  organisationModel,
  roleModel,
  sftpSettingsModel,
} from '@learnamp/organisations';
import { heldSetModel, personRecordId, personRecordModel } from '@learnamp/sync-state';
import { aSealBox, type OperatorOfServices, startOperator } from './support/operator.ts';

const ADA = '10000000-0000-4000-8000-000000000001';
const BOB = '10000000-0000-4000-8000-000000000002';

let operator: OperatorOfServices;
const run: OperatorOfServices['run'] = (command, options) => operator.run(command, options);

beforeAll(async () => {
  operator = await startOperator();
}, 180_000);
afterAll(() => operator.stop());

describe('organisations list', () => {
  it('shows each with whether it is provisioned', async () => {
    const ended = await run('organisations list');

    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^acme +Acme +on +0 +none$/m);
  });

  it('gives the same as JSON, without a tenant', async () => {
    const ended = await run('organisations list --json');

    expect(JSON.parse(ended.out)).toEqual([
      expect.objectContaining({ subdomain: 'acme', connected: true, provisioned: true, lastRun: null }),
    ]);
    expect(ended.out).not.toContain('tenantSealed');
  });
});

describe('sftp', () => {
  const keys = `k1:${Buffer.alloc(32, 1).toString('base64url')}`;
  const env = () => ({ MONGODB_URI: operator.uri, SEALING_KEYS: keys });
  const hostKey = `SHA256:${'A'.repeat(43)}`;
  const place = `--organisation acme --host sftp.acme.example --user acme --host-key ${hostKey} --folder /in`;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'learnamp-ops-'));
    await writeFile(join(folder, 'password'), 'a-password-for-sftp\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is set with a sealed secret, shown without it, audited, and ended', async () => {
    const set = await run(`sftp set ${place} --password-file ${folder}/password`, { env: env() });

    expect(set).toMatchObject({ code: 0, err: '' });
    const stored = await sftpSettingsModel(operator.connection).findById(operator.acme.id).lean().orFail();
    expect(await openSftpSecret(aSealBox(), stored)).toEqual({ kind: 'password', secret: 'a-password-for-sftp' });
    const shown = await run('sftp show --organisation acme --json');
    expect(JSON.parse(shown.out)).toMatchObject({ host: 'sftp.acme.example', port: 22, hostKey, secret: 'password' });
    expect((await run('audit list --organisation acme')).out).toContain('sftp.host');
    expect(JSON.stringify([stored, shown.out])).not.toContain('a-password-for-sftp');

    expect(await run('sftp end --organisation acme')).toMatchObject({ code: 0 });
    expect(await sftpSettingsModel(operator.connection).countDocuments()).toBe(0);
  });

  it.each([
    ['without keys', `${place} --password-file FOLDER/password`, {}, 'SEALING_KEYS is missing'],
    ['without a secret', place, undefined, 'one of --key-file and --password-file'],
    ['with a secret that is not there', `${place} --key-file FOLDER/nothing`, undefined, "can't be read"],
    ['with a host key that is none', `${place} --host-key MD5:1 --password-file FOLDER/password`, undefined, 'hostKey'],
    ['with a port that is none', `${place} --port http --password-file FOLDER/password`, undefined, 'port'],
  ])('is refused %s, and nothing is stored', async (_what, flags, given, message) => {
    const options = { env: given ? { MONGODB_URI: operator.uri } : env() };

    const ended = await run(`sftp set ${flags.replace('FOLDER', folder)}`, options);

    expect([ended.code, ended.err]).toEqual([2, expect.stringContaining(message)]);
    expect(await sftpSettingsModel(operator.connection).countDocuments()).toBe(0);
  });
});

describe('organisations create', () => {
  const create = 'organisations create --subdomain hooli --name Hooli --owner Olga@hooli.example';
  const hooli = () => organisationModel(operator.connection).findOne({ subdomain: 'hooli' }).lean();

  it('makes an organisation, and has its first Owner made by hand and invited', async () => {
    const ended = await run(`${create} --json`);

    expect(ended).toMatchObject({ code: 0 });
    const { organisationId, ownerId } = JSON.parse(ended.out) as Readonly<Record<string, string>>;
    expect(await hooli()).toMatchObject({ _id: organisationId, name: 'Hooli', microsoft: null });
    expect(await createRoles(roleModel(operator.connection)).owners(organisationId ?? '')).toEqual([ownerId]);
    const commands = operator.writer.commands.filter((command) => command.organisationId === organisationId);
    expect(commands.map(({ action }) => action)).toEqual([
      { kind: 'import', active: true, fields: expect.objectContaining({ email: 'Olga@hooli.example' }) },
      { kind: 'send-invitations', learnerIds: [ownerId] },
    ]);
    expect(learnerIdOf(organisationId ?? '', 'manual', commands[0]?.commandId ?? '')).toBe(ownerId);
    expect((await run('audit list --organisation hooli')).out).toMatch(/operator \S+ +subdomain +null → "hooli"/);
  });

  it('changes nothing where it is said again', async () => {
    const before = await hooli();

    const ended = await run(create);

    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('was there already') });
    expect(await hooli()).toEqual(before);
    expect((await run('audit verify --organisation hooli')).out).toMatch(/^1 entry/);
  });

  it.each([
    ['--subdomain acme --name Other --owner olga@hooli.example', /acme is taken/],
    ['--subdomain hooli --name Hooli --owner eve@hooli.example', /hooli is taken/],
    ['--subdomain under_score --name New --owner olga@hooli.example', /is no subdomain/],
    ['--subdomain login --name New --owner olga@hooli.example', /kept for other hosts/],
    ['--subdomain new --name New --owner nobody', /one email address/],
    ['--subdomain new --owner olga@hooli.example', /--name is missing/],
  ])('refuses %s with code 2, and makes nothing', async (flags, message) => {
    const before = await organisationModel(operator.connection).countDocuments();

    const ended = await run(`organisations create ${flags}`);

    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
    expect(await organisationModel(operator.connection).countDocuments()).toBe(before);
  });

  it('makes nothing where the Owner could not be invited', async () => {
    const ended = await run(create.replaceAll('hooli', 'initech'), { env: { MONGODB_URI: operator.uri } });

    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('KAFKA_BROKERS is missing') });
    expect(await organisationModel(operator.connection).exists({ subdomain: 'initech' })).toBeNull();
  });
});

describe('settings', () => {
  const provisioning = async () =>
    (await organisationModel(operator.connection).findById(operator.acme.id).lean().orFail()).provisioning;
  const revision = async () =>
    (await organisationModel(operator.connection).findById(operator.acme.id).lean().orFail()).revision;

  it('are shown by their paths', async () => {
    const ended = await run('settings show --organisation acme');

    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^limits\.removal\.share +0\.1$/m);
  });

  it('are changed, and what was and what is are printed', async () => {
    const ended = await run('settings set --organisation acme limits.removal.small=9 managers=false');

    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toBe('managers              true → false\nlimits.removal.small  5 → 9\n');
    expect(await provisioning()).toMatchObject({
      managers: false,
      limits: { removal: { share: 0.1, small: 9, number: 500 }, addition: { share: 0.5 } },
    });
  });

  it('raise the revision once, and not at all where nothing changes', async () => {
    const before = await revision();
    await run('settings set --organisation acme photos=false invitations=off');
    const after = await revision();
    const again = await run('settings set --organisation acme photos=false');

    expect(after).toBe(before + 1);
    expect(again).toMatchObject({ code: 0, out: 'nothing to change\n' });
    expect(await revision()).toBe(after);
  });

  it('are those of signing in as well', async () => {
    const ended = await run('settings set --organisation acme singleSignOn.enabled=false');
    const back = await run('settings set --organisation acme singleSignOn.enabled=true');

    expect([ended.out, back.out]).toEqual([
      'singleSignOn.enabled  true → false\n',
      'singleSignOn.enabled  false → true\n',
    ]);
    expect((await run('settings show --organisation acme')).out).toMatch(/^passwords\.breakGlassOwner +null$/m);
  });

  it('come from a file too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ops-'));
    const file = join(folder, 'settings.json');
    await writeFile(file, JSON.stringify({ outOfScope: { keep: true, graceDays: 30 } }));

    const ended = await run(`settings set --organisation acme --file ${file} --json`);

    await rm(folder, { recursive: true });
    expect(JSON.parse(ended.out)).toEqual({
      changed: [
        { path: 'outOfScope.keep', old: false, new: true },
        { path: 'outOfScope.graceDays', old: null, new: 30 },
      ],
    });
  });

  it.each([
    ['limits.removal.share=2', /limits\.removal\.share must be <= 1/],
    ['managers=perhaps', /managers must be boolean/],
    ['singleSignOn.enabled=perhaps', /singleSignOn\.enabled must be boolean/],
    ['passwords.enabled=false passwords.breakGlassOwner=lrn_nobody', /"Test sign-in"/],
    ['no.such=1', /there is no setting "no\.such"/],
    ['__proto__.polluted=1', /there is no setting "__proto__\.polluted"/],
    ['managers', /"managers" is not written as PATH=VALUE/],
    ['--file /no/such/file', /is not there, or is no JSON object/],
    ['', /nothing is named/],
  ])('refuse %j with a message and code 2, and change nothing', async (wanted, message) => {
    const before = await revision();

    const ended = await run(`settings set --organisation acme ${wanted}`.trim());

    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(message);
    expect(await revision()).toBe(before);
  });
});

describe('audit', () => {
  it('lists who set what, and verifies it', async () => {
    await run('settings set --organisation acme outOfScope.keep=true');

    expect((await run('audit list --organisation acme')).out).toMatch(
      /operator \S+ +provisioning\.outOfScope\.keep +false → true/,
    );
    expect(await run('audit verify --organisation acme')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ entr(y|ies), all as they were written\n$/),
    });
  });

  it('verifies an export as the gateway gives it, alone and against the log; and finds what was changed in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'learnamp-audit-'));
    const { id: organisationId } = operator.acme;
    const entries = await auditEntryModel(operator.connection).find({ organisationId }).sort({ sequence: 1 }).lean();
    const lines = entries.map((entry) => JSON.stringify({ ...entry, _id: undefined }));
    const forged = lines.map((line, at) => (at === 1 ? line.replace('"operator"', '"learner"') : line));
    const files = { whole: lines, later: lines.slice(1), forged, gap: lines.toSpliced(1, 1), garbage: ['no JSON'] };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), `${text.join('\n')}\n`);
    const verify = (name: string, more = '') => run(`audit verify --file ${join(folder, name)}${more}`);

    const whole = `${lines.length} entries, all as they were written, from number 1 on, ending with hash ${entries.at(-1)?.hash}\n`;
    expect(await verify('whole')).toMatchObject({ code: 0, out: whole });
    expect(await verify('whole', ' --organisation acme')).toMatchObject({ code: 0, out: whole });
    expect(await verify('later')).toMatchObject({ code: 0, out: expect.stringContaining('from number 2 on') });
    expect(await verify('whole', ' --organisation hooli')).toMatchObject({ code: 1 });
    expect(await verify('forged')).toMatchObject({ code: 1, out: 'entry 2 was changed\n' });
    expect(await verify('gap')).toMatchObject({ code: 1, out: 'entry 2 is missing\n' });
    expect(await verify('garbage')).toMatchObject({ code: 1 });
    expect(await verify('nowhere')).toMatchObject({ code: 2, err: expect.stringContaining("can't be read") });
    await rm(folder, { recursive: true });
  });

  it('says which entry was changed, and ends with 1', async () => {
    const entries = auditEntryModel(operator.connection);
    const last = await entries.findOne().sort({ sequence: -1 }).lean().orFail();
    await entries.updateOne({ _id: last._id }, { 'actor.id': 'nobody' });

    expect(await run('audit verify --organisation acme')).toMatchObject({
      code: 1,
      out: `entry ${last.sequence} was changed\n`,
    });
  });
});

describe('sync', () => {
  beforeEach(() => operator.sync.next({}));

  it('asks for a full run and follows it to its end', async () => {
    const ended = await run('sync --organisation acme');

    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^run run-of-\S+ finished after 7 s: 40 created, 3 updated$/m);
    expect(operator.sync.requests.at(-1)).toMatchObject({ mode: 'full', requestedBy: 'learnamp-ops' });
  });

  it.each([
    ['--changes', { mode: 'delta' }],
    [`--person ${ADA}`, { mode: 'person', personId: ADA }],
  ])('asks by %s for that', async (flags, request) => {
    const ended = await run(`sync --organisation acme ${flags} --json`);

    expect(ended.code).toBe(0);
    expect(operator.sync.requests.at(-1)).toMatchObject(request);
    expect(JSON.parse(ended.out)).toMatchObject({ run: { stage: 'finished' } });
  });

  it('ends with 1 and says the problem of a run that had one', async () => {
    operator.sync.next({ problem: '3 people could not be read' });

    const ended = await run('sync --organisation acme');

    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(/finished with a problem after 7 s: 40 created, 3 updated\n3 people could not be read/);
  });

  it('ends with 1 where the run is not over in time, and says how far it is', async () => {
    const progress = { step: 'syncing people', done: 120, total: 402 };
    operator.sync.next({ stage: 'progressed', finishedAt: null, progress });

    const ended = await run('sync --organisation acme --within 2');

    expect(ended.code).toBe(1);
    expect(ended.err).toContain('syncing people, 120 of 402');
    expect(ended.out).toContain('is still under way: syncing people, 120 of 402');
  });

  it('says what to do where no brokers are known, as with npm start', async () => {
    const env = { MONGODB_URI: operator.uri };

    const reading = await run('settings show --organisation acme', { env });
    const asking = await run('sync --organisation acme', { env });

    expect(reading.code).toBe(0);
    expect(asking.code).toBe(2);
    expect(asking.err).toContain('use Sync users on its page');
  });

  it.each([
    ['sync', /--organisation is missing/],
    ['sync --organisation globex', /there is no organisation "globex"/],
    ['sync --organisation acme --person ada', /takes an Object ID/],
    ['sync --organisation acme --changes --person x', /exclude each other/],
    ['sync --organisation acme --changes --preview', /exclude each other/],
    ['explain --organisation acme', /whom\?/],
    ['explain --organisation acme ada --fresh --stored', /exclude each other/],
    ['runs show', /which run\?/],
    ['runs show nothing', /there is no run "nothing"/],
    ['runs list --organisation acme --last 0', /--last takes/],
  ])('%s is refused with code 2', async (command, message) => {
    const ended = await run(command);

    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(message);
  });
});

describe('a preview', () => {
  const planned = {
    userPrincipalName: 'ada@acme.example',
    displayName: 'Ada',
    changes: [],
    removal: null,
    reason: null,
  };
  const row = { organisationId: 'acme', learnerId: null, version: '0000000001-000000000002' };
  const expiresAt = new Date('2126-01-01T00:00:00Z');

  /** Answers the next request by a preview that would do this. */
  const prepare = async () => {
    await outcomeRowModel(operator.connection).deleteMany({});
    await outcomeRowModel(operator.connection).create([
      {
        ...{ ...row, _id: 'preview-1:a', runId: 'preview-1', personId: 'a', outcome: 'updated' as const },
        planned: { ...planned, expiresAt, changes: [{ field: 'jobTitle', old: null, new: 'Engineer' }] },
      },
      {
        ...{ ...row, _id: 'preview-1:b', runId: 'preview-1', personId: 'b', outcome: 'deactivated' as const },
        planned: {
          ...planned,
          expiresAt,
          displayName: null,
          removal: { cause: 'left' as const, proof: 'it was asked' },
        },
      },
      {
        ...{ ...row, _id: 'preview-1:c', runId: 'preview-1', personId: 'c', outcome: 'held' as const },
        planned: { ...planned, expiresAt, reason: '12 people would be deactivated' },
      },
      { ...row, _id: 'another:d', runId: 'another', personId: 'd', outcome: 'created' as const },
    ]);
    await runModel(operator.connection).deleteMany({ _id: 'preview-1' });
    const counts = { members: 402, emitted: 2, unchanged: 357, skipped: 2, graphRequests: 31, held: 1 };
    const applied = { created: 0, updated: 1, unchanged: 0, deactivated: 1, held: 1 };
    operator.sync.next({ _id: 'preview-1', totals: null, counts, applied });
  };

  afterAll(() => runModel(operator.connection).deleteMany({ _id: 'preview-1' }));

  it('says what a full run would do, to whom and why', async () => {
    await prepare();

    const ended = await run('sync --organisation acme --preview');

    expect(ended.code).toBe(0);
    expect(operator.sync.requests.at(-1)).toMatchObject({ mode: 'preview', requestedBy: 'learnamp-ops' });
    expect(ended.out).toContain('1 to be updated, 1 to be deactivated, 1 waiting for approval');
    expect(ended.out).toMatch(/^to be updated +Ada +ada@acme\.example +jobTitle: nothing → "Engineer"$/m);
    expect(ended.out).toMatch(/^to be deactivated +– +ada@acme\.example +left: it was asked$/m);
    expect(ended.out).toMatch(/^waiting for approval .*12 people would be deactivated$/m);
  });

  it('is one value for programs, and is shown again by its run', async () => {
    await prepare();

    const asked = JSON.parse((await run('sync --organisation acme --preview --json')).out) as { rows: object[] };
    const shown = JSON.parse((await run('runs show preview-1 --json')).out) as { rows: object[] };

    expect(asked).toMatchObject({ run: { _id: 'preview-1', mode: 'preview' } });
    expect(asked.rows).toHaveLength(3);
    expect(shown).toMatchObject({ _id: 'preview-1', rows: asked.rows });
    expect((await run('runs show preview-1')).out).toMatch(/^would do +1 to be updated/m);
    expect((await run('runs list --organisation acme')).out).toMatch(/^preview-1 +preview /m);
  });

  it('is not the last run of its organisation', async () => {
    await prepare();
    operator.sync.next({
      _id: 'preview-1',
      startedAt: new Date('2127-01-01T00:00:00Z'),
      finishedAt: new Date('2127-01-01'),
    });

    await run('sync --organisation acme --preview');

    expect((await run('organisations list')).out).not.toContain('2127-01-01');
  });
});

describe('runs', () => {
  it('list names the newest first, and show tells all of one', async () => {
    const counts = { members: 402, emitted: 43, unchanged: 357, skipped: 2, graphRequests: 31 };
    operator.sync.next({
      counts: { ...counts, throttled: 2, throttledSeconds: 25 },
      startedAt: new Date('2027-01-01T00:00:00Z'),
      finishedAt: new Date('2027-01-01T00:00:03Z'),
    });
    await run('sync --organisation acme');
    const list = await run('runs list --organisation acme --last 1');
    const runId = /^(run-of-\S+)/m.exec(list.out)?.[1] ?? '';

    const shown = await run(`runs show ${runId}`);

    expect(list.out).toMatch(/^run-of-\S+ +full +learnamp-ops +2027-01-01T00:00:00\.000Z +3 s +finished: 40 created/m);
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/^Graph +31 requests, 2 throttled, asked to wait 25 s$/m);
    expect(shown.out).toMatch(/^because of +request$/m);
    expect(shown.out).toMatch(/^asked for by +learnamp-ops$/m);
    expect(shown.out).toMatch(/^skipped +2 disabled: dora@acme\.example, 10000000-0000-4000-8000-000000000009$/m);
    expect(shown.out).toMatch(/^people +402 in the group, 357 unchanged, 2 skipped$/m);
  });
});

describe('runs cancel', () => {
  const underWay = async () => {
    operator.sync.next({ stage: 'progressed', finishedAt: null });
    const asked = await run('sync --organisation acme --within 1 --json');
    return (JSON.parse(asked.out) as { run: { _id: string } }).run._id;
  };

  it('ends a run that is under way, waits for that, and is audited', async () => {
    const runId = await underWay();

    const ended = await run(`runs cancel ${runId} --organisation acme`);

    expect(ended).toMatchObject({ code: 0, out: `run ${runId} cancelled: 40 created, 3 updated\n` });
    expect(operator.sync.requests.at(-1)).toMatchObject({ mode: 'cancel', cancels: runId });
    expect((await run(`runs show ${runId}`)).out).toMatch(/^cancelled by +learnamp-ops$/m);
    expect((await run('audit list --organisation acme')).out).toContain(`run ${runId}`);
  });

  it('refuses a run that is over, of another organisation or nobody’s with code 2, and asks for nothing', async () => {
    const runId = await underWay();
    await run(`runs cancel ${runId} --organisation acme`);
    await run('organisations create --subdomain umbrella --name Umbrella --owner olga@umbrella.example');
    const before = operator.sync.requests.length;

    const refused = [
      await run(`runs cancel ${runId} --organisation acme`),
      await run(`runs cancel ${runId} --organisation umbrella`),
      await run('runs cancel nobodys --organisation acme'),
      await run('runs cancel --organisation acme'),
    ];

    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(refused.map(({ err }) => err.split(/[;:]/)[0])).toEqual([
      `run ${runId} is over already`,
      `there is no run "${runId}"`,
      'there is no run "nobodys"',
      'which run? runs list shows their ids\n',
    ]);
    expect(operator.sync.requests).toHaveLength(before);
  });
});

describe('explain', () => {
  it('asks the directory about somebody who is not known, and names the cause', async () => {
    const ended = await run('explain --organisation acme olga@acme.example');

    expect(ended.code).toBe(0);
    expect(operator.sync.requests.at(-1)).toMatchObject({ mode: 'inspect', lookUp: 'olga@acme.example' });
    expect(ended.out).toMatch(
      /^cause: users +Olga Outside \(olga@acme\.example\) is not in the group Learners .*they are in Contractors$/m,
    );
    expect(ended.out).toMatch(/^can sign in +no$/m);
  });

  it('asks nobody with --stored, or where there are no brokers, and says so', async () => {
    const before = operator.sync.requests.length;

    const stored = await run('explain --organisation acme olga@acme.example --stored --json');
    const without = await run('explain --organisation acme olga@acme.example', { env: { MONGODB_URI: operator.uri } });

    expect(JSON.parse(stored.out)).toMatchObject({ name: 'olga@acme.example', readAt: null, canSignIn: false });
    expect(without).toMatchObject({ code: 0 });
    expect(without.out).toMatch(/^asked +what is stored, not the directory$/m);
    expect(operator.sync.requests.length).toBe(before);
  });
});

describe('held', () => {
  beforeEach(async () => {
    operator.sync.next({});
    await personRecordModel(operator.connection).deleteMany({});
    await heldSetModel(operator.connection).deleteMany({});
    const heldSince = new Date('2026-11-23T10:00:00Z');
    const records = [ADA, BOB].map((personId, index) => ({
      _id: personRecordId(operator.acme.id, personId),
      organisationId: operator.acme.id,
      personId,
      proposal: {
        state: aLeaver(personId, `Person ${index + 1}`),
        ...{ runId: 'r', decidedAt: heldSince, heldSince, verdict: null, saidBy: null },
      },
    }));
    await personRecordModel(operator.connection).collection.insertMany(records as never[]);
    const set = { _id: operator.acme.id, openedAt: heldSince, runId: 'r', reason: '2 people would be deactivated' };
    await heldSetModel(operator.connection).create(set);
  });

  it('show lists who waits, and why', async () => {
    const ended = await run('held show --organisation acme');

    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^2 people would be deactivated$/m);
    expect(ended.out).toMatch(
      new RegExp(`^${BOB} +Person 2 +2@acme\\.example +removal .* checkMemberGroups said no$`, 'm'),
    );
  });

  it('approve names those whom it is said of, after a question', async () => {
    const ended = await run(`held approve --organisation acme --only ${ADA}`, { says: 'y' });

    expect(ended).toMatchObject({ code: 0, out: '1 approved\n' });
    expect(ended.err).toContain('Approve 1 held changes of Acme?');
    expect(operator.sync.requests.at(-1)).toMatchObject({ mode: 'approve', personIds: [ADA] });
  });

  it('reject of all asks nothing with --yes', async () => {
    const ended = await run('held reject --organisation acme --all --yes');

    expect(ended).toMatchObject({ code: 0, out: '2 rejected\n' });
    expect(operator.sync.requests.at(-1)).toMatchObject({ mode: 'reject', personIds: [ADA, BOB] });
  });

  it.each([
    ['held approve --organisation acme --all', { says: 'n' }, 1],
    ['held approve --organisation acme --all', {}, 2],
    ['held approve --organisation acme', {}, 2],
    [`held approve --organisation acme --all --only ${ADA}`, {}, 2],
    ['held approve --organisation acme --only 10000000-0000-4000-8000-000000000009 --yes', {}, 2],
  ])('%s with %j approves nothing', async (command, options, code) => {
    const before = operator.sync.requests.length;

    expect((await run(command, options)).code).toBe(code);
    expect(operator.sync.requests.length).toBe(before);
  });
});

const aLeaver = (personId: string, displayName: string) => ({
  personId,
  active: false,
  removal: { cause: 'left', proof: 'checkMemberGroups said no' },
  userPrincipalName: `${displayName.slice(-1)}@acme.example`,
  userType: 'Member',
  fields: { displayName },
  managerId: null,
});
