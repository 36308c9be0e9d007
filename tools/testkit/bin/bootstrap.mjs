// What `npm start` and `npm test` do before anything of the workspace can be imported. Node's own modules only.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace's root folder. */
export const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));

const OLDEST_NODE = [20, 19];

/** A step before the start failed. `message` is for the person at the terminal; the exit code is 2. */
export class BootstrapError extends Error {}

/** Throws when this Node is older than the workspace needs. */
export function checkNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new BootstrapError(
    `Node.js ${OLDEST_NODE.join('.')} or later is needed; this is ${version} (https://nodejs.org)`,
  );
}

/**
 * Runs `npm ci` unless `node_modules` holds just what package-lock.json says.
 * @param {{ log?: (line: string) => void, root?: string }} options
 */
export async function ensureDependencies({ log = console.error, root = workspaceRoot } = {}) {
  checkNodeVersion();
  const reason = whyInstall(root);
  if (reason === undefined) return;
  log(`installing dependencies: ${reason} (npm ci, about a minute)`);
  await run(...npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']), {
    cwd: root,
    failure: 'npm ci failed',
  });
}

/**
 * Compiles the projects that changed since the last time, in the order of their references.
 * @param {{ log?: (line: string) => void, root?: string, projects?: string[] }} options
 *   projects: folders such as `tools/local`; all of them unless given. What a project references is built with it.
 */
export async function ensureBuilt({ log = console.error, root = workspaceRoot, projects = allProjects(root) } = {}) {
  log('compiling');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const configs = projects.map((project) => join(root, project, 'tsconfig.build.json'));
  await run(process.execPath, [tsc, '-b', ...configs], { cwd: root, failure: 'the TypeScript sources do not compile' });
}

/**
 * Builds the administrator's console unless it is built of these sources already.
 * @param {{ root?: string }} options
 */
export async function ensureConsole({ root = workspaceRoot } = {}) {
  const build = join(root, 'apps', 'admin-console', 'bin', 'build.mjs');
  await run(process.execPath, [build], { cwd: root, failure: "the administrator's console can't be built" });
}

/** Why what is installed differs from the lock file; undefined when it does not. */
export function whyInstall(root) {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  // npm writes this file last, so a folder that an interrupted npm left behind has none.
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'node_modules is missing or incomplete';
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const differs = ([path, entry]) => {
    const there = installed[path];
    if (there === undefined) return !entry.optional && !entry.devOptional;
    return there.version !== entry.version || there.integrity !== entry.integrity;
  };
  const different = Object.entries(wanted)
    .filter(([path]) => path.includes('node_modules/'))
    .find(differs);
  return different && `${different[0]} is not the one of package-lock.json`;
}

function allProjects(root) {
  const folders = ['apps', 'libs', 'tools'].flatMap((floor) =>
    readdirSync(join(root, floor)).map((name) => join(floor, name)),
  );
  return folders.filter((folder) => existsSync(join(root, folder, 'tsconfig.build.json')));
}

/** npm tells the scripts it runs where it is, which also works where `npm` is no program but a command file. */
function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return [process.execPath, [script, ...args]];
  return ['npm', args];
}

/** Nothing is printed while all goes well: the last line on stdout may be for a program. What went wrong is in the error. */
function run(command, args, { cwd, failure }) {
  // NODE_ENV=production would make npm leave the compiler out.
  const env = { ...process.env, NODE_ENV: '' };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => reject(new BootstrapError(`${failure}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new BootstrapError(`${failure} (${signal ?? `exit code ${code}`}):\n${firstLines(output)}`));
    });
  });
}

function firstLines(output) {
  return output.trim().split('\n').slice(0, 40).join('\n');
}
