import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lockDirectory } from '../../src/embedded/directory-lock.ts';
import { openBus } from '../support/child-bus.ts';
import { withTemporaryDirectory } from '../support/embedded-system.ts';
import { runChild } from '../support/run-child.ts';
import { until } from '../support/until.ts';

const inUse = expect.objectContaining({ name: 'BusError', code: 'bus-in-use', retriable: false });

describe('a directory of the embedded bus', () => {
  it('is refused to a second bus of the same process until the first is closed', async () => {
    await withTemporaryDirectory(async (directory) => {
      const first = openBus({ kind: 'embedded', directory });

      expect(() => openBus({ kind: 'embedded', directory })).toThrow(inUse);

      await first.close();
      await openBus({ kind: 'embedded', directory }).close();
    });
  });

  it('is refused while another process has it open, naming the process, and free when that one is killed', async () => {
    await withTemporaryDirectory(async (directory) => {
      const address = { kind: 'embedded', directory } as const;
      const bus = openBus(address);
      await bus.ensureTopics([{ name: 'directory.users', partitions: 1 }]);
      await bus.close();
      const child = runChild('./publishing-child.ts', [JSON.stringify(address), 'directory.users']);
      try {
        await until('the process publishes', () => child.lines.length > 0);
        const holder = readFileSync(join(directory, 'bus.lock'), 'utf8').split(' ')[0] ?? '';

        expect(() => openBus(address)).toThrow(inUse);
        expect(() => openBus(address)).toThrow(new RegExp(`process ${holder}\\b`));
      } finally {
        await child.kill();
      }

      await openBus(address).close();
    });
  });

  it('is taken over from a former life of this process id', async () => {
    await withTemporaryDirectory((directory) => {
      writeFileSync(join(directory, 'bus.lock'), `${process.pid} 1`);

      lockDirectory(directory).release();

      return Promise.resolve();
    });
  });

  it('is released once: a lock that another took meanwhile stays', async () => {
    await withTemporaryDirectory((directory) => {
      const lock = lockDirectory(directory);
      const path = join(directory, 'bus.lock');
      writeFileSync(path, `${process.ppid} 1`);

      lock.release();

      expect(readFileSync(path, 'utf8')).toBe(`${process.ppid} 1`);
      return Promise.resolve();
    });
  });
});
