// A parent that starts a program under the guardian, prints the program's pid and waits to be killed.
import { fork } from 'node:child_process';

const [guardian, order] = process.argv.slice(2);
const child = fork(guardian, [order], { execArgv: [], detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
child.on('message', (message) => console.log(message.pid));
