// Installs and compiles what is missing, then runs one of the two commands. Exit code 2 when that can't be done.
import { BootstrapError, ensureBuilt, ensureConsole, ensureDependencies } from '../../testkit/bin/bootstrap.mjs';

/** @param {'figures' | 'bench'} command */
export async function launch(command) {
  const log = (line) => console.error(`[${command}] ${line}`);
  try {
    await ensureDependencies({ log });
    await ensureBuilt({ log, projects: ['tools/campaigns'] });
    await ensureConsole();
  } catch (error) {
    console.error(error instanceof BootstrapError ? error.message : error);
    process.exit(2);
  }
  const { commands, runCommand } = await import('../dist/index.js');
  process.exitCode = await runCommand(process.argv.slice(2), { command, campaigns: commands[command] });
}
