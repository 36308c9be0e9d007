// `npm run screenshots [FOLDER]`: pictures of every page, light, dark and narrow.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder = 'tmp/screenshots'] = process.argv.slice(2);
if (folder.startsWith('-')) {
  console.log(
    'npm run screenshots -- [FOLDER]\n\nEvery page of the console, light, dark and narrow, as pictures in FOLDER (tmp/screenshots).',
  );
  process.exit(folder === '--help' ? 0 : 2);
}
const target = resolve(folder);
mkdirSync(target, { recursive: true });
const tests = fileURLToPath(new URL('../../testkit/bin/test.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [tests, 'tools/local/test/console/every-page.test.ts', 'tools/local/test/console/learners-pages.test.ts'],
  {
    env: { ...process.env, SCREENSHOTS: target },
    stdio: 'inherit',
  },
);
console.log(`The pictures are in ${target}`);
process.exitCode = status ?? 1;
