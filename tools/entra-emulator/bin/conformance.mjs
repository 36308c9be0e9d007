#!/usr/bin/env node
// `npm run conformance -- FOLDER`: installs and compiles what is missing, then holds the emulator against recorded answers.
import { BootstrapError, ensureBuilt, ensureDependencies } from '../../testkit/bin/bootstrap.mjs';

const log = (line) => console.error(`conformance: ${line}`);

try {
  await ensureDependencies({ log });
  await ensureBuilt({ log, projects: ['tools/entra-emulator'] });
} catch (error) {
  console.error(error instanceof BootstrapError ? error.message : error);
  process.exit(2);
}

const { runConformance } = await import('../dist/conformance/command/run-conformance.js');
process.exitCode = await runConformance(process.argv.slice(2));
