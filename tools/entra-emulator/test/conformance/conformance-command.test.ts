import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runConformance, type ConformanceDeps } from '../../src/conformance/command/run-conformance.ts';
import type { FactGroup } from '../../src/conformance/fact.ts';
import { openFactWorld } from '../../src/conformance/fact-world.ts';
import { directoryOf } from '../../src/conformance/examples/seed.ts';

// A sweep takes some seconds on a busy machine.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'conformance-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: object | string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(args: string[], changed: Partial<ConformanceDeps> = {}) {
  const printed: string[] = [];
  const errors: string[] = [];
  const code = await runConformance(args, {
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
    ...changed,
  });
  return { code, printed: printed.join('\n'), errors };
}

const manager = {
  id: '10000000-0000-4000-8000-00000000000a',
  displayName: 'Jo Bell',
  jobTitle: 'Head of Bells',
  mail: null,
  userPrincipalName: 'jo@bells.example',
};

describe('npm run conformance', () => {
  it('says of an example which the emulator answers like that it agrees, whatever its values', async () => {
    write('examples/users/get-manager.json', manager);

    const { code, printed } = await run([join(folder, 'examples')]);

    expect(printed).toMatch(/^users\/get-manager\.json {2}agrees/);
    expect(printed).toContain('1 examples: 1 agree, 0 differ, 0 not of directory or identity');
    expect(code).toBe(0);
  });

  it.each([
    ['a key that the emulator does not send', { ...manager, shoeSize: 43 }, 'shoeSize'],
    ['a value of another type', { ...manager, jobTitle: 7 }, 'jobTitle'],
    ['no object', [manager], 'no JSON object'],
  ])('says of an example with %s that it differs, and why', async (_what, example, why) => {
    write('examples/users/get-manager.json', example);

    const { code, printed } = await run([join(folder, 'examples')]);

    expect(printed).toMatch(/^users\/get-manager\.json {2}differs: /);
    expect(printed).toContain(why);
    expect(code).toBe(1);
  });

  it('says that an example which lacks a key that the emulator sends differs', async () => {
    const { id, displayName, userPrincipalName } = manager;
    write('examples/users/get-user-default.json', { id, displayName, userPrincipalName });

    const { code, printed } = await run([join(folder, 'examples')]);

    expect(printed).toContain('/mobilePhone is there');
    expect(code).toBe(1);
  });

  it('says of a file without a scenario that it differs', async () => {
    write('examples/users/get-shoes.json', { size: 43 });

    const { code, printed } = await run([join(folder, 'examples')]);

    expect(printed).toMatch(/^users\/get-shoes\.json {2}differs: no scenario$/m);
    expect(code).toBe(1);
  });

  it('says of a message in a mailbox that it is no directory or identity answer', async () => {
    write('examples/notifications/message-created-docs-sample.json', { value: [] });

    const { code, printed } = await run([join(folder, 'examples')]);

    expect(printed).toContain('not a directory or identity answer: about a message in a mailbox');
    expect(code).toBe(0);
  });

  it('reports properties that are not of the type which an OpenAPI file gives them', async () => {
    write('examples/users/get-manager.json', manager);
    const types = write('types.json', {
      components: { schemas: { user: { type: 'object', properties: { displayName: { type: 'integer' } } } } },
    });

    const { code, printed } = await run([join(folder, 'examples'), '--types', types]);

    expect(printed).toMatch(/^user +\d+ answers, \d+ objects checked, [1-9]\d* problems$/m);
    expect(printed).toContain('user.displayName is "Jo Bell", not of type integer (GET /users/10000000');
    expect(printed).toContain('user.jobTitle is no property of its type');
    expect(code).toBe(1);
  });

  it('lists the lines of a digest that no fact states, the facts that fail and those of lines that do not exist', async () => {
    write('examples/users/get-manager.json', manager);
    const digest = write(
      'digest.md',
      '## 1. Users\n- stated\n- open to all\n  - excused\n\n## 9. Unsure\n- not asked\n',
    );
    const facts: FactGroup = {
      title: 'users',
      world: () => openFactWorld({ directory: directoryOf({}) }),
      facts: [
        { lines: ['1/1'], says: 'holds', ask: (world) => world.call('GET', '/users'), status: 200 },
        { lines: ['1/7'], says: 'fails', ask: (world) => world.call('GET', '/users'), status: 418 },
      ],
    };
    const linesWithoutFact = [{ line: '1/3', why: 'a nested bullet counts too' }];

    const { code, printed } = await run([join(folder, 'examples'), '--facts', digest], {
      facts: [facts],
      linesWithoutFact,
    });

    expect(printed).toMatch(/^1 +Users +3 lines: 1 with a fact, 1 without one for a reason, 1 open$/m);
    expect(printed).toMatch(/^ {2}1\/2 is open: open to all$/m);
    expect(printed).toMatch(/^ {2}1\/3 has no fact: a nested bullet counts too$/m);
    expect(printed).toContain('there is no line 1/7 of "fails" (users)');
    expect(printed).toContain('1/7: fails: status 200, not 418');
    expect(printed).toMatch(/^2 facts: 1 hold, 1 fail$/m);
    expect(printed).not.toContain('Unsure');
    expect(code).toBe(1);
  });

  it('is content with a digest whose lines are all stated by facts that hold', async () => {
    write('examples/users/get-manager.json', manager);
    const digest = write('digest.md', '## 1. Users\n### 1.1 One\n- stated\n');
    const facts: FactGroup = {
      title: 'users',
      world: () => openFactWorld({ directory: directoryOf({}) }),
      facts: [{ lines: ['1.1/1'], says: 'holds', ask: (world) => world.call('GET', '/users'), status: 200 }],
    };

    const { code, printed } = await run([join(folder, 'examples'), '--facts', digest], {
      facts: [facts],
      linesWithoutFact: [],
    });

    expect(printed).toMatch(/^1\.1 +One +1 lines: 1 with a fact, 0 without one for a reason, 0 open$/m);
    expect(code).toBe(0);
  });

  it('prints how to use it', async () => {
    const { code, printed } = await run(['--help']);

    expect(printed).toMatch(/^Usage: npm run conformance -- FOLDER/);
    expect(code).toBe(0);
  });

  it.each([
    ['no folder', []],
    ['a folder that is not there', ['nowhere']],
    ['two folders', ['.', '.']],
    ['an unknown flag', ['.', '--colour']],
    ['a file of types that is not there', ['.', '--types', 'nowhere.json']],
    ['a file of types that has none', ['.', '--types', 'package.json']],
    ['a digest that is not there', ['.', '--facts', 'nowhere.md']],
  ])('refuses %s with one line and exit code 2', async (_what, args) => {
    const { code, printed, errors } = await run(args);

    expect({ code, printed, lines: errors.length }).toEqual({ code: 2, printed: '', lines: 1 });
    expect(errors[0]).toMatch(/^conformance: [^\n]+$/);
  });
});
