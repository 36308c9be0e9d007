import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { commands } from '../../src/commands.ts';
import { runCommandLine } from '../../src/index.ts';

/** Runs a command that must not get as far as opening anything. */
async function run(...args: string[]) {
  const said = { out: '', err: '' };
  const code = await runCommandLine(args, {
    open: () => Promise.reject(new Error('nothing is to be opened')),
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  return { code, ...said };
}

const folder = new URL('../../../../docs/operate/', import.meta.url);

/** The page of each command, by the table of pages. */
async function pages(): Promise<ReadonlyMap<string, string>> {
  const index = await readFile(new URL('README.md', folder), 'utf8');
  const rows = [...index.matchAll(/^\| \[[^\]]+\]\((\S+\.md)\) +\| (.+?) +\|$/gm)];
  return new Map(
    rows.flatMap(([, page = '', names = '']) => [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, page])),
  );
}

describe('learnamp-ops', () => {
  it.each(commands.map(({ name }) => name))('%s has a page with output of it', async (name) => {
    const page = (await pages()).get(name);

    expect(page).toBeDefined();
    expect(await readFile(new URL(page ?? '', folder), 'utf8')).toMatch(
      new RegExp(`^ *\\$ npx learnamp-ops ${name}\\b`, 'm'),
    );
  });

  it('lists every command where it is given none', async () => {
    const ended = await run();

    expect(ended).toMatchObject({ code: 0, err: '' });
    for (const { name } of commands) expect(ended.out).toContain(`  ${name} `);
  });

  it.each(commands.map(({ name }) => name))(
    '%s --help says how it is written, and which exit codes there are',
    async (name) => {
      const ended = await run(...name.split(' '), '--help');

      expect(ended).toMatchObject({ code: 0, err: '' });
      expect(ended.out).toContain(`learnamp-ops ${name}`);
      expect(ended.out).toMatch(/--json.*\n[^]*Exit codes: 0 /);
    },
  );

  it.each([[['nonsense']], [['runs']], [['runs', 'list', '--nonsense']]])('refuses %j with code 2', async (args) => {
    expect(await run(...args)).toMatchObject({ code: 2, out: '' });
  });
});
