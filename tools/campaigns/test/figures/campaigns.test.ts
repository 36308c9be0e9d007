import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { commands } from '../../src/commands.ts';

it('every campaign is run at a fiftieth of its size', () => {
  const tests = readdirSync(fileURLToPath(new URL('at-a-fiftieth', import.meta.url)));

  expect(tests).toEqual(expect.arrayContaining(Object.keys(commands.figures).map((name) => `${name}.test.ts`)));
});
