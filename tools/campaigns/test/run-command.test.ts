import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, CampaignRow, CampaignRun, Measurement } from '../src/campaign.ts';
import { runCommand } from '../src/run-command.ts';

const holds = (measured: string) => (): Promise<Measurement> => Promise.resolve({ measured, ok: true });

function row(id: string, measure: CampaignRow['measure']): CampaignRow {
  return { id, claim: `claim ${id}`, target: `target ${id}`, measure };
}

describe('a campaign command', () => {
  let root: string;
  let printed: { stdout: string; stderr: string };
  let closed: number;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'campaigns-'));
    printed = { stdout: '', stderr: '' };
    closed = 0;
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(args: readonly string[], ...rows: CampaignRow[]): Promise<number> {
    const into = (name: keyof typeof printed) => ({
      write: (text: string | Uint8Array) => {
        printed[name] += String(text);
        return true;
      },
    });
    const campaign: Campaign = {
      about: 'what it is about',
      packages: ['fast-check'],
      rows,
      close() {
        closed += 1;
        return Promise.resolve();
      },
    };
    const output = { stdout: into('stdout'), stderr: into('stderr') };
    return runCommand(args, { command: 'figures', campaigns: { sample: () => campaign }, output, root });
  }

  it('prints a line for each row and exits with 0 when all hold', async () => {
    const code = await run(['sample'], row('A1', holds('12')), row('A2', holds('3')));

    expect(code).toBe(0);
    expect(printed.stdout).toMatch(/^A1 +claim A1 +target A1 +12 +ok$/m);
    expect(printed.stdout).toMatch(/^A2 +claim A2 +target A2 +3 +ok$/m);
    expect(printed.stdout).toContain('all 2 hold');
    expect(closed).toBe(1);
  });

  it('exits with 1 when a row falls short, and prints its notes', async () => {
    const short = row('A1', () => Promise.resolve({ measured: '7', ok: false, notes: ['what helps'] }));

    const code = await run(['sample'], short, row('A2', holds('3')));

    expect(code).toBe(1);
    expect(printed.stdout).toMatch(/^A1 .* 7 +SHORT$/m);
    expect(printed.stdout).toMatch(/^A1 {2}what helps$/m);
    expect(printed.stdout).toContain('1 of 2 fall short');
  });

  it('counts a row that throws as short and measures the others', async () => {
    const throws = row('A1', () => Promise.reject(new Error('no such thing')));

    const code = await run(['sample'], throws, row('A2', holds('3')));

    expect(code).toBe(1);
    expect(printed.stdout).toMatch(/^A1 .* failed: no such thing +SHORT$/m);
    expect(printed.stdout).toMatch(/^A2 .* ok$/m);
    expect(closed).toBe(1);
  });

  it('writes what a full run measured to a file', async () => {
    await run(['sample', '--seed', '5'], row('A1', holds('12')));

    expect(JSON.parse(readFileSync(join(root, 'figures', 'sample.json'), 'utf8'))).toEqual([
      {
        id: 'A1',
        claim: 'claim A1',
        target: 'target A1',
        measured: '12',
        ok: true,
        scale: 1,
        seed: 5,
        versions: { node: process.versions.node, 'fast-check': '4.10.2' },
      },
    ]);
    expect(printed.stdout).toContain('written to figures/sample.json');
  });

  it('writes no file of a smaller size', async () => {
    await run(['sample', '--scale', '0.5'], row('A1', holds('12')), row('A2', holds('3')));

    expect(readdirSync(root)).toEqual([]);
  });

  it('leaves rows in the file as they are that were not measured, and drops those that are no more', async () => {
    await run(['sample'], row('A1', holds('12')), row('A2', holds('3')), row('A3', holds('1')));
    await run(['sample', '--only', 'A2', '--seed', '7'], row('A1', holds('0')), row('A2', holds('4')));

    const kept = JSON.parse(readFileSync(join(root, 'figures', 'sample.json'), 'utf8')) as object[];
    expect(kept).toMatchObject([
      { id: 'A1', measured: '12', seed: 1 },
      { id: 'A2', measured: '4', seed: 7 },
    ]);
  });

  it('hands the scale and the seed to the rows, and never rounds a part down to nothing', async () => {
    const runs: CampaignRun[] = [];
    const spy = row('A1', (given) => {
      runs.push(given);
      return holds('')();
    });

    await run(['sample', '--scale', '0.02', '--seed', '9'], spy);

    expect(runs.map((given) => [given.seed, given.scale, given.part(10_000), given.part(3)])).toEqual([
      [9, 0.02, 200, 1],
    ]);
  });

  it('hands on how long a row is to last, and nothing unless it was said', async () => {
    const minutes: (number | undefined)[] = [];
    const spy = row('A1', (given) => {
      minutes.push(given.minutes);
      return holds('')();
    });

    await run(['sample', '--minutes', '0.5'], spy);
    await run(['sample'], spy);

    expect(minutes).toEqual([0.5, undefined]);
  });

  it('measures the rows that --only names and no other', async () => {
    await run(['sample', '--only', 'A1,A3'], row('A1', holds('1')), row('A2', holds('2')), row('A3', holds('3')));

    expect(printed.stdout.match(/^A\d/gm)).toEqual(['A1', 'A3']);
  });

  it('says on stderr what it measures', async () => {
    await run(['sample'], row('A1', holds('')));

    expect(printed.stderr).toBe('A1  claim A1\n');
  });

  it('explains itself with --help, every row included', async () => {
    expect(await run(['--help'], row('A1', holds('')))).toBe(0);
    expect(printed.stdout).toMatch(/^npm run figures -- NAME/);
    expect(printed.stdout).toMatch(/^sample: what it is about\n {2}A1 +claim A1$/m);
  });

  it.each([
    [[], 'name a campaign: sample'],
    [['other'], 'there is no campaign "other"; there are: sample'],
    [['toString'], 'there is no campaign "toString"; there are: sample'],
    [['sample', 'other'], 'one campaign at a time, not also "other"'],
    [['sample', '--scale', '0'], '--scale must be a number above 0 and up to 100, not "0"'],
    [['sample', '--scale', 'all'], '--scale must be a number above 0 and up to 100, not "all"'],
    [['sample', '--minutes', '0'], '--minutes must be a number above 0 and up to 1440, not "0"'],
    [['sample', '--minutes', 'ten'], '--minutes must be a number above 0 and up to 1440, not "ten"'],
    [['sample', '--seed', '1.5'], '--seed must be a whole number below 2147483648, not "1.5"'],
    [['sample', '--only', 'A1,A9'], 'there is no row "A9"; there are: A1'],
    [['sample', '--fast'], "Unknown option '--fast'"],
  ])('refuses %j with one line and exit code 2', async (args, message) => {
    expect(await run(args, row('A1', holds('')))).toBe(2);
    expect(printed).toEqual({ stdout: '', stderr: `figures: ${message}\n` });
    expect(closed).toBe(0);
  });
});
