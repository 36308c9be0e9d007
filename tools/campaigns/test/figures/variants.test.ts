import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { changed } from '../../src/figures/provisioning/variants/change-module.ts';
import { variants } from '../../src/figures/provisioning/variants/variants.ts';
import { workspaceRoot } from '../../src/results.ts';

describe('variants of services', () => {
  it.each(variants.map((variant) => [variant.says, variant] as const))(
    'have something to change: services that %s',
    (_says, variant) => {
      const source = readFileSync(`${workspaceRoot}${variant.module}`, 'utf8');

      expect(changed(source, variant)).not.toBe(source);
    },
  );

  it.each(['nowhere', 'twice'])('are refused when what they change is there %s', (what) => {
    const variant = { id: 'X', says: '', seed: 1, module: 'a.js', changes: [{ from: 'twice', to: '' }] };

    expect(() => changed(what === 'twice' ? 'twice, twice' : 'never', variant)).toThrow(/X does not fit a\.js: found/);
  });
});
