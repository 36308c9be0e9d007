import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/command/parse-command.ts';
import { parseDirectoryFile } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'emulator-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command; `whenReady` is called once it has printed how to stop it. */
async function run(
  args: string[],
  whenReady?: (child: ChildProcess, stdout: string) => Promise<void>,
): Promise<Outcome> {
  const script = fileURLToPath(new URL('../../bin/emulator.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  let ready: Promise<void> | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    outcome.stdout += chunk.toString('utf8');
    if (outcome.stdout.includes('Ctrl-C')) ready ??= whenReady?.(child, outcome.stdout);
  });
  child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString('utf8')));
  [outcome.code] = (await once(child, 'close')) as [number | null];
  await ready;
  return outcome;
}

describe('npm run emulator', () => {
  it('serves the sample company, says how to reach it, and ends cleanly on Ctrl-C', async () => {
    let status = 0;
    const { code, stdout, stderr } = await run(
      ['--port', '0', '--tls', '0', '--ca', 'ca/mine.pem'],
      async (child, text) => {
        const [, url = ''] = /(http:\/\/localhost:\d+)/.exec(text) ?? [];
        ({ status } = await fetch(`${url}/v1.0/users`));
        child.kill('SIGINT');
      },
    );

    expect({ code, stderr, status }).toEqual({ code: 0, stderr: '', status: 401 });
    expect(stdout).toMatch(/Tenant id +[0-9a-f-]{36}/);
    expect(stdout).toMatch(/secret +\S{20,}/);
    expect(readFileSync(join(folder, 'ca/mine.pem'), 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
  }, 60_000);

  it('writes a generated directory that it reads again', async () => {
    const { code, stdout } = await run(['generate', '--people', '50', '--seed', '3', '--out', 'generated.json']);

    expect([code, stdout]).toEqual([0, '50 people, 3 groups: generated.json\n']);
    expect(parseDirectoryFile(readFileSync(join(folder, 'generated.json'), 'utf8')).users).toHaveLength(50);
  });

  it.each([
    ['an unknown flag', ['--prot', '1'], /^emulator: Unknown option '--prot'\n$/],
    ['a port that is no number', ['--port', 'x'], /^emulator: --port must be a whole number/],
    [
      'a file that is not there',
      ['--directory', 'missing.json'],
      /^emulator: missing\.json: cannot be read \(ENOENT\)\n$/,
    ],
    ['a bad file', ['--directory', 'bad.json'], /^emulator: bad\.json: tenant must be an object\n$/],
    [
      'a wrong reach',
      ['--control', 'nobody'],
      /^emulator: --control must be one of this-machine, anybody, not "nobody"\n$/,
    ],
    ['two sources', ['--people', '5', '--directory', 'bad.json'], /^emulator: either --directory or --people\n$/],
    ['a seed of nothing', ['--seed', '5'], /^emulator: --seed goes with --people\n$/],
    ['a bad scenario', ['--scenario', 'bad.json'], /^emulator: bad\.json: must be a list of commands\n$/],
    ['generate without --out', ['generate', '--people', '5'], /^emulator: --out is needed\n$/],
  ])('says in one line what is wrong with %s, with exit code 2', async (_, args, message) => {
    writeFileSync(join(folder, 'bad.json'), '{}');

    const { code, stdout, stderr } = await run(args);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('says that a port is in use, and leaves the other one free', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;

    const { code, stderr } = await run(['--port', '0', '--tls', String(port)]);
    taken.close();

    expect([code, stderr]).toEqual([2, `emulator: port ${port} is in use\n`]);
  });
});

describe('parseCommand', () => {
  it('has defaults for everything', () => {
    expect(parseCommand([])).toMatchObject({
      kind: 'serve',
      directories: [],
      scenario: undefined,
      generated: undefined,
      throttling: true,
      controlFor: 'this-machine',
      port: 4100,
      tlsPort: 4143,
      latencyMs: 0,
    });
  });

  it('takes several tenants, a scenario, and another reach', () => {
    const args = ['--directory', 'a.json', '--directory', 'b.json', '--scenario', 's.json', '--no-throttling'];

    expect(parseCommand([...args, '--control', 'anybody'])).toMatchObject({
      directories: ['a.json', 'b.json'],
      scenario: 's.json',
      throttling: false,
      controlFor: 'anybody',
    });
    expect(parseCommand(['--people', '50'])).toMatchObject({ generated: { people: 50, seed: 1 } });
    expect(parseCommand(['--people', '50', '--seed', '2'])).toMatchObject({ generated: { people: 50, seed: 2 } });
  });

  it.each([[['--help']], [['generate', '--help']]])('shows the help for %j', (args) => {
    expect(parseCommand(args)).toEqual({ kind: 'help' });
  });
});
