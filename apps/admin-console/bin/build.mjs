// Builds the console into `dist`, unless that is of these very sources already. `npm start` and `npm test` call it too.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const lockFile = join(folder, '../../package-lock.json');
const mark = join(folder, 'dist/.built-from');

const wanted = await hashOfSources();
if ((await readFile(mark, 'utf8').catch(() => '')) !== wanted) {
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({ root: folder, configFile: join(folder, 'vite.config.mjs'), logLevel: 'warn' });
  await writeFile(mark, wanted);
}

async function hashOfSources() {
  const entries = await readdir(join(folder, 'src'), { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const others = ['index.html', 'vite.config.mjs', 'build/compress.mjs'].map((name) => join(folder, name));
  const hash = createHash('sha256');
  for (const path of [...sources.sort(), ...others, lockFile])
    hash.update(path.slice(folder.length)).update(await readFile(path));
  return hash.digest('hex');
}
