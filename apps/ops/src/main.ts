import { runCommandLine } from './command-line/run-command-line.ts';
import { openSurroundings } from './surroundings.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

process.exitCode = await runCommandLine(process.argv.slice(2), {
  open: () => openSurroundings(process.env, { input: process.stdin, err: process.stderr }, stop.signal),
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
});
