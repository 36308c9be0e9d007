import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const bench = fileURLToPath(new URL('../../bin/bench.mjs', import.meta.url));

// How fast this machine is today is no matter of a test: only that there is a figure for each claim.
it('npm run bench -- emulator measures every row', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bench, 'emulator', '--scale', '0.002'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

  expect([0, 1]).toContain(status);
  expect(stderr).not.toContain('bench:');
  expect(stdout).toMatch(/^L1 .* under 5 s +\d+\.\d\d s +(ok|SHORT)$/m);
  expect(stdout).toMatch(/^L2 .* under 500 MB +\d+ MB +(ok|SHORT)$/m);
  expect(stdout).toMatch(/^R1 .* over 2,000 +[\d,]+ \([\d,]+ a second by the clock\) +(ok|SHORT)$/m);
  expect(stdout).toMatch(/^R2 .* over 200 +[\d,]+ \([\d,]+ a second by the clock\) +(ok|SHORT)$/m);
}, 60_000);
