// `npm run openapi`: writes docs/openapi.json from the routes, formatted as everything else.
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { openApiDocument } from '../dist/openapi/document.js';

const target = new URL('../../../docs/openapi.json', import.meta.url);
const options = await resolveConfig(target);
await writeFile(target, await format(JSON.stringify(await openApiDocument()), { ...options, parser: 'json' }));
