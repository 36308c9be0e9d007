import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { readZipEntry } from '../../src/cache/read-zip-entry.ts';

let folder: string;
let archive: Buffer;

// Python's writer is the oracle: it is what made the wheel, and where the wheel is used Python is there.
const MAKE = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    z.comment = b'a comment after the directory'
    z.writestr('thing.data/stored.txt', 'stored', zipfile.ZIP_STORED)
    z.writestr('thing.data/bin/mongod', 'deflated ' * 10000, zipfile.ZIP_DEFLATED)
    z.writestr('thing.data/squeezed.txt', 'squeezed', zipfile.ZIP_BZIP2)
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'learnamp-zip-'));
  execFileSync('python3', ['-c', MAKE, join(folder, 'thing.zip')]);
  archive = readFileSync(join(folder, 'thing.zip'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('readZipEntry', () => {
  it('inflates a compressed file', () => {
    expect(readZipEntry(archive, '/bin/mongod')?.toString()).toBe('deflated '.repeat(10_000));
  });

  it('hands out a stored file', () => {
    expect(readZipEntry(archive, '/stored.txt')?.toString()).toBe('stored');
  });

  it('finds nothing under a name that is not in the archive', () => {
    expect(readZipEntry(archive, '/bin/mongos')).toBeUndefined();
  });

  it('refuses a compression that it does not know', () => {
    expect(() => readZipEntry(archive, '/squeezed.txt')).toThrow(/compression method 12/);
  });

  it('refuses bytes that are no archive', () => {
    expect(() => readZipEntry(Buffer.from('<html>not found</html>'.repeat(3)), '/bin/mongod')).toThrow(
      /no zip archive/,
    );
  });
});
