import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Type from 'typebox';
import { ConfigError, loadConfig } from '../src/index.ts';

const schema = Type.Object({
  PORT: Type.Integer({ minimum: 1, maximum: 65_535, default: 3000 }),
  MONGODB_URI: Type.String({ minLength: 1 }),
  SECRET: Type.Optional(Type.String({ minLength: 8 })),
});
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'learnamp-config-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const problemsOf = (env: NodeJS.ProcessEnv): string => {
  try {
    loadConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('loadConfig', () => {
  it('gives every port as a number, and no other variable', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
        const env = { PORT: String(port), MONGODB_URI: 'mongodb://db', HOME: '/root' };
        expect(loadConfig(schema, env)).toEqual({ PORT: port, MONGODB_URI: 'mongodb://db' });
      }),
    );
  });

  it('fills in what has a default, an empty variable included', () => {
    expect(loadConfig(schema, { PORT: '', MONGODB_URI: 'mongodb://db', SECRET: '' })).toEqual({
      PORT: 3000,
      MONGODB_URI: 'mongodb://db',
    });
  });

  it('reads a variable from the file that NAME_FILE names, without its last line break', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'from-a-file\n');

    expect(loadConfig(schema, { MONGODB_URI: 'mongodb://db', SECRET_FILE: file }).SECRET).toBe('from-a-file');
    const both = { MONGODB_URI: 'mongodb://db', SECRET_FILE: file, SECRET: 'from-the-variable' };
    expect(loadConfig(schema, both).SECRET).toBe('from-the-variable');
  });

  it('refuses a file that is not there, by the name of its variable', () => {
    const refused = problemsOf({ MONGODB_URI: 'mongodb://db', SECRET_FILE: join(folder, 'missing') });

    expect(refused).toBe("invalid configuration: SECRET_FILE can't be read");
  });

  it('names everything that is wrong at once, in one line', () => {
    const refused = problemsOf({ PORT: '70000', SECRET: 'short' });

    expect(refused).toMatch(/^invalid configuration: .*$/);
    for (const name of ['PORT', 'MONGODB_URI is missing', 'SECRET']) expect(refused).toContain(name);
  });

  it('shows no value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{5,7}$/), (secret) => {
        const env = { MONGODB_URI: 'mongodb://db', PORT: `port-${secret}`, SECRET: `${secret.slice(0, 3)}#` };
        const refused = problemsOf(env);
        expect(refused).not.toContain(env.PORT);
        expect(refused).not.toContain(env.SECRET);
      }),
    );
  });
});
