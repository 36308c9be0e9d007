import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { portrait } from '../../src/generate/portrait.ts';
import { aDirectoryFile, aUser, idOf } from './a-directory-file.ts';
import { runningEmulator } from './running-emulator.ts';

const running = runningEmulator();
const user = idOf('user', 1);

describe('profile photos', () => {
  it('are shown in the sizes that the upload is large enough for', async () => {
    const photo = portrait(7, 130);
    await running.start(aDirectoryFile([aUser(1, { photo: photo.toString('base64') })]));

    const metadata = await running.get(`/users/${user}/photo`);
    const sizes = await running.get(`/users/${user}/photos`);
    const bytes = await running.get(`/users/${user}/photos/48x48/$value`);
    const tooLarge = await running.get(`/users/${user}/photos/240x240/$value`);

    expect(metadata.body).toMatchObject({
      '@odata.mediaContentType': 'image/png',
      '@odata.mediaEtag': expect.stringMatching(/^"[0-9A-F]{8}"$/),
      id: '130x130',
      width: 130,
      height: 130,
    });
    expect(sizes.body.value.map(({ id }) => id)).toEqual(['48x48', '64x64', '96x96', '120x120', '130x130']);
    expect([bytes.headers.get('content-type'), bytes.body]).toEqual(['image/png', photo]);
    expect([tooLarge.status, tooLarge.body.error.code]).toEqual([404, 'ImageNotFound']);
  });

  it('are replaced, with another etag, and deleted', async () => {
    await running.start(aDirectoryFile([aUser(1, { photo: portrait(1).toString('base64') })]));
    const path = `/users/${user}/photo`;
    const etag = async (): Promise<unknown> => (await running.get(path)).body['@odata.mediaEtag'];

    const before = await etag();
    const put = await running.call('PUT', `${path}/$value`, portrait(2), { 'content-type': 'image/png' });
    const after = await etag();
    const notAnImage = await running.call('PUT', `${path}/$value`, Buffer.from('text'), {
      'content-type': 'image/png',
    });
    const deleted = await running.call('DELETE', `${path}/$value`);

    expect([put.status, notAnImage.status, deleted.status]).toEqual([200, 400, 204]);
    expect(after).not.toBe(before);
    expect((await running.get(`${path}/$value`)).body.error.code).toBe('ImageNotFound');
  });

  it('are no change of the user', async () => {
    await running.start(aDirectoryFile());

    await running.call('PUT', `/users/${user}/photo/$value`, portrait(2), { 'content-type': 'image/png' });

    expect(running.emulator.directory.sequence).toBe(0);
  });
});

describe('photos named by file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-photos-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const start = (photo: string): Promise<void> =>
    running.start(aDirectoryFile([aUser(1, { photo })]), { directoryBase: folder });

  it('are looked for beside the directory file, and read when somebody asks for them', async () => {
    writeFileSync(join(folder, 'photo.png'), portrait(3));
    await start('photo.png');
    writeFileSync(join(folder, 'photo.png'), portrait(4));

    const first = await running.get(`/users/${user}/photo/$value`);
    writeFileSync(join(folder, 'photo.png'), portrait(5));
    const second = await running.get(`/users/${user}/photo/$value`);

    expect([first.body, second.body]).toEqual([portrait(4), portrait(4)]);
  });

  it('are refused at the start when the file is missing, a folder or no image', async () => {
    writeFileSync(join(folder, 'photo.txt'), 'text');

    await expect(start('missing.png')).rejects.toThrow(/^users\[0\]\.photo is neither .* missing\.png \(ENOENT/);
    await expect(start('.')).rejects.toThrow(/^users\[0\]\.photo is neither .*EISDIR/);
    await expect(start('photo.txt')).rejects.toThrow('users[0].photo is no PNG, JPEG or GIF: photo.txt');
  });
});
