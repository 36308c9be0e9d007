import { beforeAll, describe, expect, it } from '@jest/globals';

import { copyWorkspace, type LintReport } from './support/workspace-copy.ts';

interface Imports {
  readonly app: readonly string[];
  readonly lib: readonly string[];
}

/** Lints an app and the pure lib, each reduced to one file that imports the named packages, in a copy of the workspace. */
function lintImporting(imports: Imports): LintReport {
  const copy = copyWorkspace();
  const source = (names: readonly string[]): string => names.map((name) => `export * from '${name}';\n`).join('');
  try {
    copy.onlySource('apps/webhook-ingest', source(imports.app), imports.app);
    copy.onlySource('libs/directory', source(imports.lib), imports.lib);
    return copy.lint(['webhook-ingest', 'directory']);
  } finally {
    copy.remove();
  }
}

describe('nx lint, where an app imports an app and the pure lib imports a driver', () => {
  let report: LintReport;

  beforeAll(() => {
    report = lintImporting({ app: ['@learnamp/directory-sync'], lib: ['kafkajs', '@learnamp/bus'] });
  }, 300_000);

  it('fails for both', () => {
    expect(report.passed).toBe(false);
    expect(report.output).toMatch(/^- webhook-ingest:lint$/m);
    expect(report.output).toMatch(/^- directory:lint$/m);
  });

  it('says what an app may import', () => {
    const floors = '"floor:account", "floor:domain", "floor:adapter", "floor:pure"';

    expect(report.output).toMatch(
      new RegExp(`1:1 +error +A project tagged with "floor:app" can only depend on libs tagged with ${floors} `),
    );
  });

  it('says that the pure lib may import neither the driver nor the lib around it', () => {
    expect(report.output).toMatch(/1:1 +error +A project tagged with "floor:pure" is not allowed to import "kafkajs"/);
    expect(report.output).toMatch(/2:1 +error +A project tagged with "floor:pure" cannot depend on any libs with tags/);
  });
});

describe('nx lint, where an app imports a lib and the pure lib imports the schema library', () => {
  it('passes for both', () => {
    expect(lintImporting({ app: ['@learnamp/contracts'], lib: ['typebox'] })).toMatchObject({ passed: true });
  }, 300_000);
});
