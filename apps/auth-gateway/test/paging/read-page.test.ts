import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMongo } from '@learnamp/mongo';
import { type RealMongo, startMongo } from '@learnamp/testkit';
import { type Connection, type Model, Schema } from 'mongoose';
import { cursorOf, type ListOrder } from '../../src/paging/cursor.ts';
import { readPage } from '../../src/paging/read-page.ts';

interface Visit {
  readonly _id: string;
  readonly shop: string;
  readonly seen: { readonly at: Date };
}

const newestFirst: ListOrder = {
  name: 'visits',
  keys: [
    { path: 'seen.at', direction: -1, type: 'date' },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

let mongo: RealMongo;
let connection: Connection;
let visits: Model<Visit>;

beforeAll(async () => {
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'paging-test' });
  const schema = new Schema<Visit>({ _id: String, shop: String, seen: { at: Date } }, { versionKey: false });
  visits = connection.model<Visit>('Visit', schema);
}, 120_000);

afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

beforeEach(() => visits.deleteMany({}));

const visit = (_id: string, minute: number, shop = 'here'): Visit => ({ _id, shop, seen: { at: at(minute) } });
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute));
const page = (limit: number, cursor?: string) =>
  readPage(visits, { shop: 'here' }, newestFirst, { limit, ...(cursor === undefined ? {} : { cursor }) });
const idsOf = ({ items }: { items: Visit[] }) => items.map(({ _id }) => _id);

describe('readPage', () => {
  it('shows every item once, those of the same moment too, and ends without a next page', async () => {
    await visits.create([visit('c', 1), visit('a', 2), visit('b', 2), visit('d', 2), visit('x', 3, 'elsewhere')]);

    const first = await page(2);
    const second = await page(2, first.next ?? '');

    expect([idsOf(first), idsOf(second), second.next]).toEqual([['a', 'b'], ['d', 'c'], null]);
  });

  it('neither repeats nor hides items when others come in and go between two pages', async () => {
    await visits.create([visit('a', 4), visit('b', 3), visit('c', 2), visit('d', 1)]);
    const first = await page(2);

    await visits.create([visit('new', 9), visit('between', 2)]);
    await visits.deleteMany({ _id: { $in: ['a', 'b'] } });

    expect(idsOf(await page(9, first.next ?? ''))).toEqual(['between', 'c', 'd']);
  });

  it.each([
    ['what is no cursor', 'rubbish'],
    ['one of another list', cursorOf({ ...newestFirst, name: 'sales' }, [at(1), 'a'])],
    ['one with a value too few', cursorOf(newestFirst, [at(1)])],
    ['one with a value too many', cursorOf(newestFirst, [at(1), 'a', 'b'])],
    ['one with an operator in it', Buffer.from('["visits",{"$ne":null},"a"]').toString('base64url')],
    ['one with no moment', Buffer.from('["visits","tomorrow","a"]').toString('base64url')],
  ])('refuses %s', async (_what, cursor) => {
    await expect(page(2, cursor)).rejects.toMatchObject({ status: 400, code: 'bad-cursor' });
  });

  it('shows those without a value first where a list is by one that not every item has', async () => {
    const byShop: ListOrder = {
      name: 'visits by shop',
      keys: [
        { path: 'shop', direction: 1, type: 'string', isOptional: true },
        { path: '_id', direction: 1, type: 'string' },
      ],
    };
    await visits.collection.insertMany([
      ...[{ shop: 'b' }, { shop: null }, {}, { shop: 'a' }, { shop: '' }, { shop: 'a' }].map((one, n) => ({
        ...one,
        _id: `v${n}` as never,
      })),
    ]);
    const pages: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const read: { items: Visit[]; next: string | null } = await readPage(visits, {}, byShop, {
        limit: 1,
        ...(cursor === '' ? {} : { cursor }),
      });
      pages.push(idsOf(read));
      cursor = read.next;
    }

    expect(pages.flat()).toEqual(['v1', 'v2', 'v4', 'v3', 'v5', 'v0']);
  });

  it('refuses no value for one that each item has', async () => {
    const cursor = Buffer.from('["visits",null,"a"]').toString('base64url');

    await expect(page(2, cursor)).rejects.toMatchObject({ status: 400, code: 'bad-cursor' });
  });
});
