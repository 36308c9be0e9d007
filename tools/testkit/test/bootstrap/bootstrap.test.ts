import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { checkNodeVersion, ensureBuilt, ensureDependencies, whyInstall, workspaceRoot } from '../../bin/bootstrap.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'learnamp-workspace-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('checkNodeVersion', () => {
  it.each(['20.19.0', '20.20.2', '21.0.0', '22.1.0', '26.0.0'])('accepts Node %s', (version) => {
    expect(() => checkNodeVersion(version)).not.toThrow();
  });

  it.each(['20.18.3', '18.20.0', '9.11.2'])('refuses Node %s and says what is needed', (version) => {
    expect(() => checkNodeVersion(version)).toThrow(`Node.js 20.19 or later is needed; this is ${version}`);
  });
});

type Entry = { version?: string; integrity?: string; optional?: boolean; link?: boolean };

async function aWorkspace(locked: Record<string, Entry>, installed?: Record<string, Entry>): Promise<void> {
  const write = (path: string, packages: unknown): Promise<void> =>
    writeFile(join(root, path), JSON.stringify({ lockfileVersion: 3, packages }));
  await write('package-lock.json', { '': {}, 'apps/thing': { version: '0.0.0' }, ...locked });
  if (installed === undefined) return;
  await mkdir(join(root, 'node_modules'));
  await write('node_modules/.package-lock.json', installed);
}

describe('whyInstall', () => {
  const jest = { version: '30.5.2', integrity: 'sha512-a' };

  it('is content when what is installed is what is locked', async () => {
    await aWorkspace({ 'node_modules/jest': jest }, { 'node_modules/jest': jest, 'node_modules/more': jest });

    expect(whyInstall(root)).toBeUndefined();
  });

  it('installs when there is no node_modules', async () => {
    await aWorkspace({ 'node_modules/jest': jest });

    expect(whyInstall(root)).toBe('node_modules is missing or incomplete');
  });

  it('installs after an npm that was interrupted before it wrote its record', async () => {
    await aWorkspace({ 'node_modules/jest': jest });
    await mkdir(join(root, 'node_modules', 'jest'), { recursive: true });

    expect(whyInstall(root)).toBe('node_modules is missing or incomplete');
  });

  it.each<[string, Record<string, Entry>]>([
    ['is missing', {}],
    ['has another version', { 'node_modules/jest': { ...jest, version: '30.5.1' } }],
    ['has other contents', { 'node_modules/jest': { ...jest, integrity: 'sha512-b' } }],
  ])('installs when a package %s, and names it', async (_what, installed) => {
    await aWorkspace({ 'node_modules/jest': jest }, installed);

    expect(whyInstall(root)).toBe('node_modules/jest is not the one of package-lock.json');
  });

  it('lets a package of another platform be missing', async () => {
    await aWorkspace(
      { 'node_modules/jest': jest, 'node_modules/jest-darwin': { ...jest, optional: true } },
      { 'node_modules/jest': jest },
    );

    expect(whyInstall(root)).toBeUndefined();
  });

  it('installs when a workspace was added', async () => {
    await aWorkspace({ 'node_modules/@learnamp/thing': { link: true } }, {});

    expect(whyInstall(root)).toBe('node_modules/@learnamp/thing is not the one of package-lock.json');
  });
});

describe('ensureDependencies', () => {
  it('says why it installs, and that npm failed, when the lock file does not match', async () => {
    await aWorkspace({ 'node_modules/jest': { version: '0.0.0' } });
    await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'thing', dependencies: { jest: '30.5.2' } }));
    const lines: string[] = [];

    await expect(ensureDependencies({ root, log: (line) => lines.push(line) })).rejects.toThrow(/npm ci failed/);

    expect(lines).toEqual([expect.stringContaining('node_modules is missing or incomplete')]);
  }, 60_000);

  it('runs nothing when nothing is missing', async () => {
    await aWorkspace({}, {});
    const lines: string[] = [];

    await ensureDependencies({ root, log: (line) => lines.push(line) });

    expect(lines).toEqual([]);
  });
});

describe('ensureBuilt', () => {
  beforeEach(async () => {
    await symlink(join(workspaceRoot, 'node_modules'), join(root, 'node_modules'));
    await mkdir(join(root, 'apps', 'thing', 'src'), { recursive: true });
    const config = {
      compilerOptions: { outDir: 'dist', rootDir: 'src', module: 'nodenext', types: [] },
      include: ['src'],
    };
    await writeFile(join(root, 'apps', 'thing', 'tsconfig.build.json'), JSON.stringify(config));
  });

  it('compiles the project that was asked for', async () => {
    await writeFile(join(root, 'apps', 'thing', 'src', 'answer.mts'), 'export const answer: number = 42;');

    await ensureBuilt({ root, projects: ['apps/thing'], log: () => undefined });

    const built = (await import(join(root, 'apps', 'thing', 'dist', 'answer.mjs'))) as { answer: number };
    expect(built.answer).toBe(42);
  }, 60_000);

  it('names the file and line when the sources do not compile', async () => {
    await writeFile(join(root, 'apps', 'thing', 'src', 'answer.mts'), "export const answer: number = 'none';");

    await expect(ensureBuilt({ root, projects: ['apps/thing'], log: () => undefined })).rejects.toThrow(
      /the TypeScript sources do not compile .*\napps\/thing\/src\/answer\.mts\(1,14\): error TS2322/,
    );
  }, 60_000);
});
