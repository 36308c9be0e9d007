import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createSealBox, setSftp, type SftpSecret } from '@learnamp/organisations';
import { createLogger } from '@learnamp/service';
import { runFeeders } from '../../src/imports/run-feeders.ts';
import { lookRound, type SftpLooksDeps } from '../../src/sftp-drops/run-sftp-looks.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { decideCommands } from '../fixtures/outcomes.ts';
import { sftpUser, type SftpServer, startSftpServer } from '../fixtures/sftp-server.ts';
import { aWorld, type World } from '../fixtures/world.ts';

jest.setTimeout(60_000);

const list = 'Email;First name\r\nada.new@acme.example;Ada\r\nnobody;Bad\r\n';

describe('a folder on an sFTP server', () => {
  let world: World;
  let server: SftpServer;
  let deps: SftpLooksDeps;
  let now: Date;
  let stopping: AbortController;
  let feeding: Promise<void>;
  const log: string[] = [];

  beforeAll(async () => {
    world = await aWorld();
    const key = { id: 'k1', key: randomBytes(32) };
    const { gateway } = world;
    const logger = createLogger('auth-gateway', 'debug', { write: (line: string) => void log.push(line) });
    deps = {
      ...gateway.models,
      ...{ connection: gateway.connection, organisations: gateway.organisations, logger, clock: () => now },
      seals: createSealBox({ current: key, find: () => key.key }, key.key),
    };
  }, 120_000);
  afterAll(() => world.stop());

  beforeEach(async () => {
    now = new Date();
    server = await startSftpServer();
    await setPlace({});
    stopping = new AbortController();
    feeding = runFeeders({ ...deps, bus: world.gateway.bus, clock: () => new Date() }, stopping.signal);
  });
  afterEach(async () => {
    stopping.abort();
    await feeding;
    await server.stop();
    const { imports, importRows, sftpLooks, commandOutcomes } = world.gateway.models;
    await Promise.all([imports.deleteMany({}), importRows.deleteMany({})]);
    await Promise.all([sftpLooks.deleteMany({}), commandOutcomes.deleteMany({})]);
  });

  const password: SftpSecret = { kind: 'password', secret: sftpUser.password };
  const setPlace = ({ hostKey = server.hostKey, folder = '/in', secret = password }) => {
    const place = { host: '127.0.0.1', port: server.port, username: sftpUser.username, hostKey, folder };
    const by = { actor: { kind: 'operator', id: 'a-test' }, at: now } as const;
    return setSftp(world.gateway.connection, deps.seals, world.acme.id, { place, secret }, by);
  };
  const drop = async (name: string, text: string | Buffer, at = new Date('2026-11-26T08:00:00Z')) => {
    const path = join(server.directory, 'in', name);
    await writeFile(path, text);
    await utimes(path, at, at);
  };
  /** Some looks, a minute after each other; what was started in one has ended before the next. */
  const look = async (times = 1) => {
    for (let count = 0; count < times; count += 1) {
      await lookRound(deps, 'a-test', stopping.signal);
      while (await deps.imports.exists({ state: 'started' })) {
        await decideCommands(world.gateway);
        await delay(20);
      }
      now = new Date(now.getTime() + 61_000);
    }
  };
  const filesIn = async (folder = '') => (await readdir(join(server.directory, 'in', folder)).catch(() => [])).sort();
  const problem = async () => (await deps.sftpLooks.findById(world.acme.id).lean())?.problem;
  /** Each once, as profile-writer takes them: whoever was slow may have published one again. */
  const asked = async () => {
    const ids = (await deps.imports.find().lean()).map(({ _id }) => _id);
    const commands = await learnerCommandsOf(world.gateway);
    const ours = commands.filter(({ commandId }) => ids.some((id) => commandId.startsWith(`${id}:`)));
    return [...new Map(ours.map((command) => [command.commandId, command])).values()];
  };

  it('is emptied: a file is imported without a preview, and filed with what was wrong beside it', async () => {
    await drop('staff.csv', list);

    await look(3);

    expect((await asked()).map(({ action }) => action)).toMatchObject([
      { kind: 'import', fields: { email: 'ada.new@acme.example', firstName: 'Ada' } },
    ]);
    const name = '2026-11-26T08-00-00Z-staff.csv';
    expect([await filesIn(), await filesIn('done')]).toEqual([['done'], [name, `${name}.errors.csv`]]);
    const errors = await readFile(join(server.directory, 'in/done', `${name}.errors.csv`), 'utf8');
    expect(errors).toBe('\uFEFFLine,"Problem"\r\n3,"Email: the value is no email address."\r\n');
    expect(await problem()).toBeNull();
    const started = await world.gateway.models.auditEntries.findOne({ action: 'import started' }).lean();
    expect(started).toMatchObject({ actor: { kind: 'operator', id: 'sftp' } });
  });

  it('is entered with a private key too, and with no other', async () => {
    await setPlace({ secret: { kind: 'private-key', secret: sftpUser.privateKey } });
    await look();
    expect([await problem(), server.tried]).toEqual([null, []]);

    const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const secret = other.export({ type: 'sec1', format: 'pem' }).toString();
    await setPlace({ secret: { kind: 'private-key', secret } });
    await look();
    expect(await problem()).toContain('does not accept the user');
  });

  it('keeps a file that is still being written', async () => {
    await drop('staff.csv', list.slice(0, 30));
    await look();
    await drop('staff.csv', list.slice(0, 45), new Date('2026-11-26T08:00:30Z'));
    await look();

    expect([await filesIn(), await asked()]).toEqual([['staff.csv'], []]);

    await drop('staff.csv', list, new Date('2026-11-26T08:01:00Z'));
    await look(3);
    expect(await asked()).toHaveLength(1);
  });

  it('imports a file once, whoever drops it again, and anew when it was another in between', async () => {
    for (const [index, text] of [list, list, `${list}bo@acme.example;Bo\r\n`, list].entries()) {
      await drop('staff.csv', text, new Date(Date.parse('2026-11-26T08:00:00Z') + index * 3_600_000));
      await look(3);
    }

    expect(await deps.imports.countDocuments()).toBe(3);
    expect(await filesIn()).toEqual(['done']);
  });

  it('loses no file and imports none twice where a look ends before it is filed', async () => {
    await drop('staff.csv', list);
    await look(2);
    await deps.sftpLooks.updateOne({ _id: world.acme.id }, { $set: { nextAt: new Date(0) } });

    await look(2);

    expect([await deps.imports.countDocuments(), (await asked()).length]).toEqual([1, 1]);
    expect(await filesIn()).toEqual(['done']);
  });

  it('takes the earlier of two files first, and the later when that has ended', async () => {
    await drop('b.csv', 'Email\nfirst@acme.example\n', new Date('2026-11-26T08:00:00Z'));
    await drop('a.csv', 'Email\nsecond@acme.example\n', new Date('2026-11-26T09:00:00Z'));

    await look(4);

    expect((await asked()).map(({ action }) => action)).toMatchObject([
      { fields: { email: 'first@acme.example' } },
      { fields: { email: 'second@acme.example' } },
    ]);
  });

  it('sorts out what is no list', async () => {
    await drop('picture.csv', Buffer.from([0x89, 0x50, 0xff, 0xfe]));
    await drop('nobody.csv', 'Email\nnobody\n');

    await look(4);

    const failed = await filesIn('failed');
    expect(failed.filter((name) => !name.endsWith('.errors.csv')).map((name) => name.slice(21))).toEqual([
      'nobody.csv',
      'picture.csv',
    ]);
    expect(failed).toHaveLength(4);
  });

  it('is followed nowhere else: links are left alone, and so is a folder that is one', async () => {
    await writeFile(join(server.directory, 'secret.csv'), list);
    await symlink(join(server.directory, 'secret.csv'), join(server.directory, 'in/link.csv'));
    await look(3);
    expect([await asked(), await filesIn()]).toEqual([[], ['link.csv']]);

    await mkdir(join(server.directory, 'elsewhere'));
    await symlink(join(server.directory, 'elsewhere'), join(server.directory, 'in/done'));
    await drop('staff.csv', list);
    await look(3);
    expect(await readdir(join(server.directory, 'elsewhere'))).toEqual([]);
    expect(await problem()).toBe('“done” in the folder is no folder.');
  });

  it('is told nothing when it shows another host key, and the secret is in no log', async () => {
    await drop('staff.csv', list);
    await setPlace({ hostKey: `SHA256:${'A'.repeat(43)}` });

    await look(2);

    expect(server.tried).toEqual([]);
    expect(await problem()).toContain(`another host key than the one that is set: ${server.hostKey}`);

    await setPlace({ folder: '/nowhere' });
    await look();
    expect([await problem(), server.tried]).toEqual([
      'The folder is not there, or can’t be read.',
      [sftpUser.password],
    ]);
    expect(log.length).toBeGreaterThan(0);
    expect(log.join('')).not.toContain(sftpUser.password);
    const settings = JSON.stringify(await deps.sftpSettings.find().lean());
    expect(settings).not.toContain(sftpUser.password);
  });
});
