// `npm run screenshots [FOLDER]`: pictures of every page of the console, light, dark and narrow.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const [folder = 'tmp/screenshots'] = process.argv.slice(2);
if (folder.startsWith('-')) {
  console.log('npm run screenshots -- [FOLDER]\n\nPictures of every page of the console, light, dark and narrow; tmp/screenshots unless FOLDER is given.');
  process.exit(folder === '--help' ? 0 : 2);
}
process.env.SCREENSHOTS = resolve(folder);
mkdirSync(process.env.SCREENSHOTS, { recursive: true });
process.argv.splice(2, process.argv.length, 'tools/local/test/console/every-page.test.ts');
await import('../../testkit/bin/test.mjs');
console.log(`The pictures are in ${process.env.SCREENSHOTS}`);
