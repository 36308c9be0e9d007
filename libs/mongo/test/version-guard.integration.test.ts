import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Model } from 'mongoose';
import { ensureIndexes, guardedUpserts, type GuardedWrite } from '../src/index.ts';
import { type Note, noteSchema, openTestDatabase, type TestDatabase } from './test-database.ts';

interface Delivery {
  readonly id: string;
  readonly version: number;
  /** Whether the writer believes the document to be new. */
  readonly believedNew: boolean;
}

const deliveries = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    version: fc.integer({ min: 1, max: 9 }),
    believedNew: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
);

const writeOf = (prefix: string, { id, version, believedNew }: Delivery): GuardedWrite => {
  const content = { version: String(version), text: `text of ${version}` };
  const update = { $set: content };
  return { id: `${prefix}${id}`, version: content.version, update, ...(believedNew ? { insert: content } : {}) };
};

describe('guardedUpserts', () => {
  let database: TestDatabase;
  let notes: Model<Note>;
  let prefixes = 0;
  const nextPrefix = () => `${(prefixes += 1)}-`;

  beforeAll(async () => {
    database = await openTestDatabase();
    notes = database.connection.model<Note>('Note', noteSchema);
    await ensureIndexes(database.connection);
  }, 120_000);
  afterAll(() => database.close());

  const versionOf = async (id: string) => Number((await notes.findById(id).lean())?.version);

  it('leaves each document at its highest version and refuses exactly the lower ones', async () => {
    const facts = async (order: Delivery[]) => {
      const prefix = nextPrefix();
      const highest = new Map<string, number>();
      for (const delivery of order) {
        const refused = await guardedUpserts(notes, 'version', [writeOf(prefix, delivery)]);

        const before = highest.get(delivery.id) ?? 0;
        highest.set(delivery.id, Math.max(before, delivery.version));
        expect(refused.has(0)).toBe(delivery.version < before);
      }
      for (const [id, version] of highest) expect(await versionOf(`${prefix}${id}`)).toBe(version);
    };

    await fc.assert(fc.asyncProperty(deliveries, facts), { numRuns: 25 });
  }, 120_000);

  it('names the refused ones of many by their index', async () => {
    const stored = [3, 3, 3, 3].map((version, index) =>
      writeOf('many-', { id: String(index), version, believedNew: true }),
    );
    expect(await guardedUpserts(notes, 'version', stored)).toEqual(new Set());

    const next = [4, 2, 3, 1, 5].map((version, index) =>
      writeOf('many-', { id: String(index), version, believedNew: index % 2 === 1 }),
    );

    expect(await guardedUpserts(notes, 'version', next)).toEqual(new Set([1, 3]));
    expect(await notes.findById('many-1').lean()).toMatchObject({ version: '3', text: 'text of 3' });
  });

  it('refuses nobody for losing the race to the first insert', async () => {
    for (let round = 0; round < 30; round += 1) {
      const prefix = nextPrefix();
      const write = (version: number) =>
        guardedUpserts(notes, 'version', [writeOf(prefix, { id: 'a', version, believedNew: round % 2 === 0 })]);

      const answers = await Promise.all([1, 2, 3, 4, 5].map(write));

      expect(answers[4]).toEqual(new Set());
      expect(await versionOf(`${prefix}a`)).toBe(5);
    }
  }, 60_000);

  it('writes a document whose version was cleared', async () => {
    await notes.create({ _id: 'cleared', version: null, text: 'old' });

    const refused = await guardedUpserts(notes, 'version', [
      writeOf('', { id: 'cleared', version: 1, believedNew: false }),
    ]);

    expect(refused).toEqual(new Set());
    expect(await versionOf('cleared')).toBe(1);
  });

  it('throws where something else than the id is taken', async () => {
    await notes.create({ _id: 'first', version: '1', text: '', label: 'taken' });

    const write = { id: 'second', version: '1', update: { $set: { version: '1', label: 'taken' } } };

    await expect(guardedUpserts(notes, 'version', [write])).rejects.toThrow(/duplicate key/u);
  });

  it('does nothing with nothing', async () => {
    expect(await guardedUpserts(notes, 'version', [])).toEqual(new Set());
  });
});
