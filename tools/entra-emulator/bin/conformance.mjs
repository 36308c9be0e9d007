#!/usr/bin/env node
// `npm run conformance -- FOLDER`: holds the emulator against recorded answers.
import { ensureBuilt } from './ensure-built.mjs';

ensureBuilt('conformance');

const { runConformance } = await import('../dist/conformance/command/run-conformance.js');
process.exitCode = await runConformance(process.argv.slice(2));
