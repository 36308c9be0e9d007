import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCommand } from '../../src/command/parse-command.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const project = join(root, 'tools/entra-emulator');

jest.setTimeout(120_000);

describe('the package', () => {
  let folder: string;

  beforeAll(() => {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'tsconfig.build.json'], {
      cwd: project,
    });
    // Below the workspace, whose node_modules have the package's two dependencies.
    mkdirSync(join(root, 'tmp'), { recursive: true });
    folder = mkdtempSync(join(root, 'tmp/package-'));
    const [{ filename }] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: project, encoding: 'utf8' }),
    ) as [{ filename: string }];
    execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the command and the compiled emulator, and neither sources nor tests', () => {
    const has = (name: string) => existsSync(join(folder, 'package', name));

    expect(['bin/emulator.mjs', 'dist/index.js', 'dist/index.d.ts', 'README.md'].filter((name) => !has(name))).toEqual(
      [],
    );
    expect(['src', 'test', 'dist/conformance', 'bin/conformance.mjs'].filter(has)).toEqual([]);
  });

  it('depends on published packages alone', () => {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };

    expect(Object.keys(dependencies).filter((name) => name.startsWith('@learnamp/'))).toEqual([]);
  });

  it('serves from where it was unpacked', async () => {
    const { bin } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    const command = join(folder, 'package', bin['entra-emulator'] ?? '');
    const child = spawn(process.execPath, [command, '--port', '0', '--tls', '0'], { cwd: folder });
    let output = '';
    const url = await new Promise<string>((found) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const [, address] = /Look at it +(\S+)\n[\s\S]*Ctrl-C/.exec(output) ?? [];
        if (address !== undefined) found(address);
      });
    });

    const { status } = await fetch(url);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];

    expect({ status, code }).toEqual({ status: 200, code: 0 });
  });
});

describe('the container', () => {
  it('starts the command with arguments that it takes, from files that the image gets', () => {
    const [, stage = ''] = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8').split('AS emulator\n');
    const [, words = '[]'] = /^CMD (\[.*\])$/m.exec(stage) ?? [];
    const [node, script = '', ...args] = JSON.parse(words) as string[];

    expect(node).toBe('node');
    expect(existsSync(join(root, script))).toBe(true);
    expect(parseCommand(args)).toMatchObject({
      kind: 'serve',
      host: '0.0.0.0',
      port: 4100,
      tlsPort: 4143,
      controlFor: 'anybody',
    });
  });
});
