import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const encodings = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Puts a compressed copy beside every file of the bundle, so that serving one costs nothing. */
export function compress() {
  let folder;
  return {
    name: 'compress',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir, build.assetsDir);
    },
    closeBundle: async () => {
      for (const name of await readdir(folder)) await compressFile(join(folder, name));
    },
  };
}

async function compressFile(path) {
  const content = await readFile(path);
  for (const [ending, encode] of Object.entries(encodings)) await writeFile(`${path}.${ending}`, await encode(content));
}
