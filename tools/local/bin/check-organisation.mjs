// `npm run check:shared`: provisions a directory file by `npm start -- --once --json` on fresh data and compares the
// counts with expected ones: check-organisation.mjs FILE --members 402 --teams 27 …
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [file, ...flags] = process.argv.slice(2);
if (!file || !existsSync(file)) {
  console.error(`there is no directory file at ${file ? resolve(file) : '(no file named)'}`);
  process.exit(2);
}
const expected = new Map();
for (let at = 0; at < flags.length; at += 2) expected.set(flags[at].replace(/^--/, ''), Number(flags[at + 1]));

const data = mkdtempSync(join(tmpdir(), 'learnamp-check-'));
const start = fileURLToPath(new URL('start.mjs', import.meta.url));
const args = [start, '--once', '--json', '--port', '47300', '--directory', file, '--data', data];
const { status, stdout } = spawnSync(process.execPath, args, {
  stdio: ['ignore', 'pipe', 'inherit'],
  encoding: 'utf8',
});
rmSync(data, { recursive: true, force: true });
if (status !== 0) process.exit(status ?? 1);

const counts = JSON.parse(stdout.trim().split('\n').at(-1));
const wrong = [...expected].filter(([name, value]) => counts[name] !== value);
for (const [name, value] of expected) console.log(`${name}: ${counts[name]} (expected ${value})`);
process.exit(wrong.length === 0 ? 0 : 1);
