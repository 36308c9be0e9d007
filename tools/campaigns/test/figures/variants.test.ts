import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { variants as identityVariants } from '../../src/figures/identity/variants.ts';
import { variants as pipelineVariants } from '../../src/figures/pipeline/variants.ts';
import { mistakes } from '../../src/figures/provisioning/previews/mistakes.ts';
import { variants as provisioningVariants } from '../../src/figures/provisioning/variants/variants.ts';
import { changed, modulesOf } from '../../src/figures/variants/change-module.ts';
import { workspaceRoot } from '../../src/results.ts';

describe('variants of services', () => {
  it.each(
    [...provisioningVariants, ...mistakes, ...identityVariants, ...pipelineVariants].map(
      (variant) => [variant.says, variant] as const,
    ),
  )('have something to change: services that %s', (_says, variant) => {
    for (const module of modulesOf(variant)) {
      const source = readFileSync(`${workspaceRoot}${module}`, 'utf8');
      expect(changed(source, module, variant)).not.toBe(source);
    }
  });

  it.each(['nowhere', 'twice'])('are refused when what they change is there %s', (what) => {
    const variant = { id: 'X', says: '', changes: [{ module: 'a.js', from: 'twice', to: '' }] };

    expect(() => changed(what === 'twice' ? 'twice, twice' : 'never', 'a.js', variant)).toThrow(
      /X does not fit a\.js: found/,
    );
  });
});
