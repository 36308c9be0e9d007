#!/usr/bin/env node
// `npx learnamp-ops`: in a workspace that isn't built yet, or not since it changed last, it says what to do.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
if (existsSync(program)) {
  await import(program);
} else {
  process.stderr.write('learnamp-ops is not compiled yet: run npm run build first\n');
  process.exitCode = 2;
}
