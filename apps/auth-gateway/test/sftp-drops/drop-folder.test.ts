import { mkdir, readdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type DropFolder, openDropFolder } from '../../src/sftp-drops/drop-folder.ts';
import { type DropServer, dropServers } from '../fixtures/drop-servers.ts';
import { aKey } from '../fixtures/ssh-keys.ts';

jest.setTimeout(60_000);

const text = 'Email\r\nada@acme.example\r\n';

describe.each(dropServers)('a folder on %s', (_name, start) => {
  let server: DropServer;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    // What a test before left there is put out of sight.
    await rename(join(server.directory, 'in'), join(server.directory, crypto.randomUUID()));
    await mkdir(join(server.directory, 'in'));
  });

  const path = (...names: string[]) => join(server.directory, 'in', ...names);
  async function opened<Got>(work: (folder: DropFolder) => Promise<Got>): Promise<Got> {
    const folder = await openDropFolder(server.place, server.secret);
    return work(folder).finally(() => folder.close());
  }

  it('lists regular files with size and time, and neither folders, links nor hidden files', async () => {
    await writeFile(path('staff.csv'), text);
    await utimes(path('staff.csv'), 1_790_000_000, 1_790_000_000);
    await writeFile(path('.part'), text);
    await mkdir(path('done'));
    await symlink(path('staff.csv'), path('link.csv'));

    const listed = await opened((folder) => folder.list());

    expect(listed).toEqual([{ name: 'staff.csv', size: text.length, modifiedAt: 1_790_000_000_000 }]);
  });

  it('reads a file whole, and a long one as far as the limit and a byte', async () => {
    await writeFile(path('long.csv'), text.repeat(10_000));

    const [whole, cut] = await opened(async (folder) => [
      await folder.read('long.csv', 1_000_000),
      await folder.read('long.csv', 100),
    ]);

    expect(whole.toString()).toBe(text.repeat(10_000));
    expect(cut.toString()).toBe(text.repeat(10).slice(0, 101));
  });

  it('reads nothing by a link that took the place of a file', async () => {
    await writeFile(join(server.directory, 'secret.csv'), text);
    await symlink(join(server.directory, 'secret.csv'), path('staff.csv'));

    await expect(opened((folder) => folder.read('staff.csv', 100))).rejects.toThrow('has become a link');
  });

  it('files a list away with its notes, and leaves alone what has the name already', async () => {
    const move = { folder: 'done', name: 'first.csv', notes: 'what was wrong' } as const;
    await writeFile(path('staff.csv'), text);
    await opened((folder) => folder.file('staff.csv', move));
    await writeFile(path('again.csv'), 'another');
    await opened((folder) => folder.file('again.csv', { folder: 'done', name: 'first.csv' }));

    expect(await readdir(path())).toEqual(['done']);
    const filed = await readdir(path('done'));
    expect(filed.filter((name) => name.endsWith('-first.csv'))).toHaveLength(1);
    expect(filed).toHaveLength(3);
    expect(await readFile(path('done/first.csv'), 'utf8')).toBe(text);
    expect(await readFile(path('done/first.csv.errors.csv'), 'utf8')).toBe('what was wrong');
  });

  it('is not opened where the host key is another, and says which it is', async () => {
    const place = { ...server.place, hostKey: `SHA256:${'A'.repeat(43)}` };

    await expect(openDropFolder(place, server.secret)).rejects.toThrow(server.place.hostKey);
  });

  it('is not opened with a key that the server does not know', async () => {
    const secret = aKey();

    await expect(openDropFolder(server.place, { kind: 'private-key', secret })).rejects.toThrow('does not accept');
  });

  it('says so where the folder is missing', async () => {
    const place = { ...server.place, folder: `${server.place.folder}/nowhere` };
    const folder = await openDropFolder(place, server.secret);

    await expect(folder.list().finally(() => folder.close())).rejects.toThrow('The folder is not there');
  });
});
