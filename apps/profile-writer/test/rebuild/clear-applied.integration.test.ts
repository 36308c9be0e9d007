import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { directoryPhotoId } from '@learnamp/learners';
import { type CommandDatabase, openCommandDatabase } from '../fixtures/command-database.ts';
import { aPhotoState, aUserState, personIdOf, versionOf } from '../fixtures/states.ts';

describe('clear-applied', () => {
  let database: CommandDatabase;

  beforeAll(async () => {
    database = await openCommandDatabase();
    for (const organisationId of ['acme', 'globex']) {
      await database.users([1, 2].map((person) => aUserState({ organisationId, person, version: person })));
      await database.photosBatch([
        aPhotoState({ organisationId, person: 1, version: 1 }),
        aPhotoState({ organisationId, person: 2, version: 1, photo: null }),
      ]);
    }
  }, 120_000);
  afterAll(() => database.close());

  const withoutMarks = async () => {
    const { learners = [], photos = [], ...rest } = await database.snapshot('acme');
    const marks = (document: object): object =>
      JSON.parse(JSON.stringify(document), (name, value: unknown) =>
        name === 'hash' || name === 'etag' ? undefined : value,
      ) as object;
    return { ...rest, commandOutcomes: [], learners: learners.map(marks), photos: photos.map(marks) };
  };

  it('clears the marks of one organisation, and changes nothing else', async () => {
    const [before, other] = [await withoutMarks(), await database.snapshot('globex')];

    expect(await database.command({ kind: 'clear-applied' })).toBe('applied 2');

    expect((await database.linkedTo(1))?.sources.microsoft).toMatchObject({ hash: '', version: versionOf(1) });
    expect(await database.photos.findById(directoryPhotoId('acme', personIdOf(1))).lean()).toMatchObject({
      etag: 'cleared',
    });
    expect(await database.photos.findById(directoryPhotoId('acme', personIdOf(2))).lean()).toMatchObject({
      etag: null,
    });
    expect(await withoutMarks()).toEqual(before);
    expect(await database.snapshot('globex')).toEqual(other);
  });

  it('lets nothing back that is older than what is applied', async () => {
    await database.command({ kind: 'clear-applied' });

    const old = aUserState({
      person: 2,
      version: 1,
      active: false,
      removal: { cause: 'left', proof: 'it was so once' },
    });
    expect(await database.users([old])).toEqual([expect.objectContaining({ kind: 'skip' })]);

    expect(await database.linkedTo(2)).toMatchObject({ active: true });
    await database.users([aUserState({ person: 2, version: 3 })]);
    expect((await database.linkedTo(2))?.sources.microsoft?.hash).toMatch(/^hash-of-2/);
  });
});
