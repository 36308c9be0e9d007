import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { copyWorkspace, type WorkspaceCopy } from './support/workspace-copy.ts';

const APP = 'apps/webhook-ingest';
const LIB = 'libs/directory';

let copy: WorkspaceCopy;

beforeEach(() => {
  copy = copyWorkspace();
}, 60_000);

afterEach(() => copy.remove());

describe('the module boundaries', () => {
  it('stop an app that imports another app', () => {
    copy.onlySource(APP, "export * from '@learnamp/directory-sync';\n", ['@learnamp/directory-sync']);

    const { passed, output } = copy.lint('webhook-ingest');

    expect(passed).toBe(false);
    expect(output).toMatch(
      /1:1 +error +A project tagged with "floor:app" can only depend on libs tagged with "floor:domain", "floor:adapter", "floor:pure"/,
    );
  }, 180_000);

  it('let an app import a lib', () => {
    copy.onlySource(APP, "export * from '@learnamp/contracts';\n", ['@learnamp/contracts']);

    expect(copy.lint('webhook-ingest')).toMatchObject({ passed: true });
  }, 180_000);

  it('stop the pure heart from importing a driver, an adapter or another floor', () => {
    copy.onlySource(LIB, "export * from 'kafkajs';\nexport * from '@learnamp/bus';\n", ['kafkajs', '@learnamp/bus']);

    const { passed, output } = copy.lint('directory');

    expect(passed).toBe(false);
    expect(output).toMatch(/1:1 +error +A project tagged with "floor:pure" is not allowed to import "kafkajs"/);
    expect(output).toMatch(/2:1 +error +A project tagged with "floor:pure" cannot depend on any libs with tags/);
  }, 180_000);

  it('let the pure heart import the schema library', () => {
    copy.onlySource(LIB, "export { Type } from 'typebox';\n", ['typebox']);

    expect(copy.lint('directory')).toMatchObject({ passed: true });
  }, 180_000);
});
