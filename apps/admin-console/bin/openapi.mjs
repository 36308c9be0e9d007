// `npm run openapi`: writes the types of the API from its document.
import { writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const [document, target] = ['../../../docs/openapi.json', '../src/api/openapi.d.ts'].map(
  (path) => new URL(path, import.meta.url),
);
await writeFile(
  target,
  `// Generated from docs/openapi.json (npm run openapi).\n${astToString(await openapiTS(document))}`,
);
