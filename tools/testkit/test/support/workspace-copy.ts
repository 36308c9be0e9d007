import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { workspaceRoot } from '../../bin/bootstrap.mjs';

/** A copy of the workspace in a temporary folder, in which a test may break what it likes. */
export interface WorkspaceCopy {
  readonly root: string;
  /** Replaces all sources and tests of a project by one file, and adds dependencies to its package.json. */
  onlySource(project: string, source: string, dependencies: readonly string[]): void;
  /** What `nx lint` prints for these projects, and whether all passed. */
  lint(projects: readonly string[]): LintReport;
  remove(): void;
}

export interface LintReport {
  readonly passed: boolean;
  readonly output: string;
}

/** Copies what git tracks or would track. Installed packages are linked, except that ours are those of the copy. */
export function copyWorkspace(): WorkspaceCopy {
  const root = mkdtempSync(join(tmpdir(), 'learnamp-copy-'));
  const options = { cwd: workspaceRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const files = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], options).split('\0');
  // A file that git lists may have been deleted from the work tree.
  for (const file of files.filter((name) => name !== '' && existsSync(join(workspaceRoot, name)))) {
    cpSync(join(workspaceRoot, file), join(root, file));
  }
  linkPackages(root);
  return {
    root,
    onlySource: (project, source, dependencies) => replaceSource(join(root, project), source, dependencies),
    lint: (projects) => lint(root, projects),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function linkPackages(root: string): void {
  const installed = join(workspaceRoot, 'node_modules');
  for (const name of readdirSync(installed).filter((entry) => entry !== '@learnamp' && entry !== '.cache')) {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    symlinkSync(join(installed, name), join(root, 'node_modules', name));
  }
  for (const floor of ['apps', 'libs', 'tools']) {
    for (const project of readdirSync(join(root, floor))) linkProject(root, join(root, floor, project));
  }
}

function linkProject(root: string, project: string): void {
  const link = join(root, 'node_modules', readPackage(project).name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(project, link);
}

interface PackageFile {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
}

function readPackage(project: string): PackageFile {
  return JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as PackageFile;
}

function replaceSource(project: string, source: string, dependencies: readonly string[]): void {
  for (const folder of ['src', 'test']) rmSync(join(project, folder), { recursive: true, force: true });
  mkdirSync(join(project, 'src'));
  writeFileSync(join(project, 'src', 'index.ts'), source);
  const file = readPackage(project);
  const added = Object.fromEntries(dependencies.map((name) => [name, '*']));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ ...file, dependencies: { ...file.dependencies, ...added } }),
  );
}

function lint(root: string, projects: readonly string[]): LintReport {
  const scratch = join(root, '.nx-scratch');
  const env = {
    ...process.env,
    NX_DAEMON: 'false',
    NX_CACHE_DIRECTORY: join(scratch, 'cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(scratch, 'data'),
    NX_WORKSPACE_ROOT_PATH: root,
    NODE_OPTIONS: '',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
  const nx = join(root, 'node_modules', '.bin', 'nx');
  try {
    const args = [nx, 'run-many', '-t', 'lint', '-p', ...projects, '--skip-nx-cache', '--output-style=static'];
    return {
      passed: true,
      output: execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', stdio: 'pipe' }),
    };
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return { passed: false, output: `${stdout}\n${stderr}` };
  }
}
