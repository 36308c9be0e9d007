// `npm start`: installs and compiles what is missing, then hands over to the compiled program in a process of its own,
// because Node reads NODE_EXTRA_CA_CERTS (the local Microsoft's authority) only when a process starts.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BootstrapError, ensureBuilt, ensureConsole, ensureDependencies } from '../../testkit/bin/bootstrap.mjs';

const log = (line) => console.error(`  ${line}`);

try {
  await ensureDependencies({ log });
  await ensureBuilt({ log, projects: ['tools/local', 'apps/ops'] });
  await ensureConsole();
} catch (error) {
  console.error(error instanceof BootstrapError ? error.message : error);
  process.exit(2);
}

const { authorityFile } = await import('../dist/parts/authority.js');
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const env = { ...process.env, NODE_EXTRA_CA_CERTS: await authorityFile(process.env.NODE_EXTRA_CA_CERTS) };
const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { env, stdio: 'inherit' });

// A terminal's Ctrl-C reaches both processes; a signal sent to this one alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
