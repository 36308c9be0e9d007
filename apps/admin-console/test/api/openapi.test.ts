import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import openapiTS, { astToString } from 'openapi-typescript';

it('has the types of docs/openapi.json (npm run openapi writes them)', async () => {
  const document = new URL('../../../../docs/openapi.json', import.meta.url);

  const types = astToString(await openapiTS(document));

  const written = await readFile(new URL('../../src/api/openapi.d.ts', import.meta.url), 'utf8');
  expect(written).toContain(types);
});
