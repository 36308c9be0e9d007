// Runs one program on behalf of a parent and outlives it just long enough to end that program.
//
// A server started by a test run or by `npm start` must not stay behind when its parent is killed with SIGKILL, where
// no exit handler of the parent runs. The IPC channel closes when the parent is gone for whatever reason, and that is
// the guardian's order to stop. It sits in a session of its own, so that Ctrl-C in the terminal reaches the parent
// only: the parent then stops its servers in the right order.
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers';

const { command, args, logFile, graceMs, removeWhenOrphaned } = JSON.parse(process.argv[2]);

const log = openSync(logFile, 'a');
const child = spawn(command, args, { stdio: ['ignore', log, log] });

let stopping = false;
let orphaned = false;

function stop() {
  if (stopping) return;
  stopping = true;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
}

child.on('spawn', () => process.connected && process.send({ kind: 'started', pid: child.pid }));
child.on('error', (error) => end({ kind: 'exited', error: error.message }));
child.on('exit', (code, signal) => end({ kind: 'exited', code, signal }));

process.on('message', (message) => {
  if (message === 'stop') stop();
});
process.on('disconnect', () => {
  orphaned = true;
  stop();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

function end(message) {
  if (orphaned) for (const folder of removeWhenOrphaned) rmSync(folder, { recursive: true, force: true });
  if (process.connected) process.send(message, () => process.exit(0));
  else process.exit(0);
}
