import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { directoryPhotoId } from '@learnamp/learners';
import { type CommandDatabase, openCommandDatabase } from '../fixtures/command-database.ts';
import { aPhotoState, aUserState, personIdOf } from '../fixtures/states.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('my own')]).toString('base64');

describe('a photo of one’s own', () => {
  let database: CommandDatabase;
  const learnerId = async () => (await database.linkedTo(1))?._id ?? '';
  const own = async () => database.ownPhotos.findById(await learnerId());
  const give = async (base64: string) =>
    database.command({ kind: 'set-own-photo', learnerId: await learnerId(), base64 });

  beforeAll(async () => {
    database = await openCommandDatabase();
  }, 120_000);
  afterEach(() => Promise.all(Object.values(database.connection.models).map((model) => model.deleteMany({}))));
  afterAll(() => database.close());

  it('is never overwritten or erased by the directory’s, which is kept beside it', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);
    expect(await give(png)).toBe('applied 1');

    await database.photosBatch([
      aPhotoState({ person: 1, version: 2 }),
      aPhotoState({ person: 1, version: 3, photo: null }),
    ]);
    await database.photosBatch([aPhotoState({ person: 1, version: 4 })]);

    expect((await own())?.bytes?.toString('base64')).toBe(png);
    expect(await database.photos.findById(directoryPhotoId('acme', personIdOf(1))).lean()).toMatchObject({
      etag: 'etag-4',
    });
  });

  it('is changed and taken away by its owner alone', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);
    await give(png);
    const [gif, webp] = ['GIF89a and more', 'RIFF1234WEBP and more'].map((text) =>
      Buffer.from(text).toString('base64'),
    );

    await give(gif ?? '');
    expect(await own()).toMatchObject({ mediaType: 'image/gif' });
    await give(webp ?? '');
    expect(await own()).toMatchObject({ mediaType: 'image/webp' });

    await database.command({ kind: 'remove-own-photo', learnerId: await learnerId() });
    expect(await own()).toMatchObject({ mediaType: null, bytes: null });
  });

  it.each([
    ['a text', Buffer.from('<svg onload="alert(1)">').toString('base64')],
    ['half a beginning', Buffer.from('89504e47', 'hex').toString('base64')],
    ['another thing in a RIFF', Buffer.from('RIFF1234WAVE and more').toString('base64')],
  ])('is none that is %s', async (_what, base64) => {
    await database.users([aUserState({ person: 1, version: 1 })]);
    await give(png);

    expect(await give(base64)).toMatch(/no PNG, JPEG, GIF or WebP/);
    expect((await own())?.bytes?.toString('base64')).toBe(png);
  });

  it('is nobody’s of another organisation, and not set back by a command that comes again', async () => {
    await database.users([aUserState({ person: 1, version: 1 })]);
    const action = { kind: 'set-own-photo', learnerId: await learnerId(), base64: png } as const;
    expect(await database.command(action, 'globex')).toMatch(/no such learner/);
    await database.command(action, 'acme', 'first');
    await database.command({ kind: 'remove-own-photo', learnerId: await learnerId() });

    await database.command(action, 'acme', 'first');

    expect(await own()).toMatchObject({ bytes: null });
  });
});
