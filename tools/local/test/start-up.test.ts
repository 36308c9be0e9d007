import { createServer, type Server } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type DirectoryFile, generateDirectory, sampleCompany } from '@learnamp/entra-emulator';
import { authorityFile } from '../src/parts/authority.ts';
import { expectedCounts } from './oracle/expected-counts.ts';
import { environment, startChild, workspace } from './system/child.ts';
import { freePort } from './system/free-ports.ts';

jest.setTimeout(240_000);

let folder: string;
let extraCa: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'learnamp-start-'));
  extraCa = await authorityFile(undefined);
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs the program behind `npm start` to its end. */
async function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const said = environment({ NODE_EXTRA_CA_CERTS: extraCa, ...env });
  const child = startChild(join(workspace, 'tools/local/dist/main.js'), args, said);
  return { code: await child.exited, output: child.output(), errors: child.errors() };
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

/** A first sync with a mongod of its own on the data folder, as on a user's machine. */
async function once(name: string, directory?: DirectoryFile) {
  const port = String(await freePort([1, 1100, 1143]));
  const args = ['--once', '--json', '--port', port, '--data', join(folder, name)];
  if (directory) {
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(directory));
    args.push('--directory', file);
  }
  const { code, output, errors } = await start(args);
  if (code !== 0) throw new Error(`exit code ${code}: ${errors}`);
  return JSON.parse(lastLine(output)) as Record<string, number>;
}

describe('npm start -- --once --json', () => {
  it('counts what the sample company says, and on a second start finds all of it unchanged', async () => {
    const expected = expectedCounts(sampleCompany());

    const first = await once('sample');
    const second = await once('sample');

    expect(first).toMatchObject({ ...expected, updated: 0, unchanged: 0, deactivated: 0 });
    const { created, ...state } = expected;
    expect(second).toMatchObject({ ...state, created: 0, updated: 0, unchanged: created, deactivated: 0 });
  });

  it('counts what a generated directory of 10,000 people says', async () => {
    const directory = generateDirectory({ people: 10_000, seed: 3 });

    const counts = await once('generated', directory);

    expect(counts).toMatchObject({ ...expectedCounts(directory), updated: 0, unchanged: 0, deactivated: 0 });
    expect(counts['members']).toBe(sum(counts, 'created', 'updated', 'unchanged', 'skipped'));
  });
});

const sum = (counts: Readonly<Record<string, number>>, ...names: readonly string[]) =>
  names.reduce((total, name) => total + (counts[name] ?? NaN), 0);

describe('npm start with something wrong', () => {
  const refused = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const data = join(folder, `refused-${args.length}-${Object.keys(env).length}`);
    const { code, output, errors } = await start([...args, '--data', data], env);
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors.trim().split('\n')).toHaveLength(1);
    return errors;
  };

  it('refuses a flag that it does not know', async () => {
    expect(await refused(['--frobnicate'])).toContain('--frobnicate');
  });

  it('refuses a port that is none', async () => {
    expect(await refused(['--port', 'http'])).toContain('--port takes a whole number');
  });

  it('refuses a directory file that is not there', async () => {
    expect(await refused(['--directory', join(folder, 'nowhere.json')])).toContain('nowhere.json');
  });

  it('names the first property at fault of a bad directory file', async () => {
    const file = join(folder, 'bad.json');
    const { tenant, groups, users } = sampleCompany();
    await writeFile(file, JSON.stringify({ tenant, groups, users: [...users, users[0]] }));

    expect(await refused(['--directory', file])).toMatch(/users\[\d+\]/);
  });

  it('names the variables that are missing for the real Microsoft, and shows none', async () => {
    const secret = 'not-to-be-shown';

    const errors = await refused([], { AZURE_TENANT_ID: 'a', AZURE_CLIENT_SECRET: secret });

    expect(errors).toContain('AZURE_CLIENT_ID, AZURE_GROUP_ID');
    expect(errors).not.toContain(secret);
  });

  describe('a port in use', () => {
    let server: Server;
    let port: number;

    beforeAll(async () => {
      port = await freePort([1, 1100, 1143]);
      server = createServer();
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    });

    afterAll(() => new Promise((resolve) => server.close(resolve)));

    it('is named, and nothing is left half-started', async () => {
      const { code, errors } = await start(['--port', `${port}`, '--data', join(folder, 'port')]);

      expect(code).toBe(2);
      expect(lastLine(errors)).toContain(`port ${port}`);
    });
  });
});
