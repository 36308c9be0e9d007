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

describe('learnamp-ops', () => {
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
