import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const compiler = `${root}node_modules/typescript/bin/tsc`;
const project = 'tools/entra-emulator/tsconfig.build.json';

/**
 * In a checkout, compiles what changed; an installed package brings its compiled files along. Ends the process with
 * code 2 and one line when it can't.
 * @param {string} name of the command, for its messages
 */
export function ensureBuilt(name) {
  if (!existsSync(`${root}${project}`)) return;
  if (!existsSync(compiler)) {
    console.error(`${name}: the dependencies are not installed: run npm ci`);
    process.exit(2);
  }
  const { status } = spawnSync(process.execPath, [compiler, '-b', project], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(2);
}
