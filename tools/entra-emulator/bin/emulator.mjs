#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = fileURLToPath(new URL('../dist/command/run-command.js', import.meta.url));

if (!existsSync(`${root}node_modules/fastify`)) {
  console.error('emulator: the dependencies are not installed: run npm ci');
  process.exit(2);
}
if (!existsSync(built)) {
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  const build = spawnSync(process.execPath, [compiler, '-b', 'tools/entra-emulator/tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (build.status !== 0) process.exit(2);
}

const { runCommand } = await import(built);
process.exitCode = await runCommand(process.argv.slice(2));
