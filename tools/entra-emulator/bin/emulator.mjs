#!/usr/bin/env node
import { ensureBuilt } from './ensure-built.mjs';

ensureBuilt('emulator');

const { runCommand } = await import('../dist/command/run-command.js');
process.exitCode = await runCommand(process.argv.slice(2));
