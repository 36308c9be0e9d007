import { afterEach, describe, expect, it } from '@jest/globals';
import { maxPhotoBytes, readPhotos } from '../../src/index.ts';
import { aClient, all, guid } from '../a-client.ts';
import {
  type Answer,
  type Arrived,
  graphError,
  type LocalGraph,
  startLocalGraph,
  withBatches,
} from '../local-graph.ts';

const open: LocalGraph[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

type Member = Exclude<Answer, string>;
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('pixels')]);
const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');
const gif = (width: number, height: number) =>
  Buffer.concat([Buffer.from('GIF89a'), Buffer.from([width, 0, height, 0]), Buffer.from('more')]);
const image = (bytes: Buffer): Member => ({
  headers: { 'Content-Type': 'image/jpeg' },
  body: bytes.toString('base64'),
});
const metadata = (etag: string, id = '240x240'): Member => ({ body: { id, '@odata.mediaEtag': etag } });
const none: Member = { status: 404, body: graphError('ImageNotFound') };

/** Photos by person: what the metadata, the small and the uploaded photo answer. */
async function graphWith(photos: Record<string, { metadata?: Member; small?: Member; uploaded?: Member }>) {
  const graph = await startLocalGraph(
    withBatches(({ url }) => {
      const [, id = '', rest = ''] = /^\/v1\.0\/users\/([^/]+)(\/.*)$/.exec(url) ?? [];
      const photo = photos[id] ?? {};
      const answers: Record<string, Member | undefined> = {
        '/photo': photo.metadata,
        '/photos/120x120/$value': photo.small,
        '/photo/$value': photo.uploaded,
      };
      return answers[rest] ?? none;
    }),
  );
  open.push(graph);
  return graph;
}

const urls = (arrived: readonly Arrived[]) =>
  arrived.flatMap(({ body }) => (body as { requests: { url: string }[] }).requests.map(({ url }) => url));

describe('readPhotos', () => {
  it('reads the small photo of whoever has another etag than the known one', async () => {
    const { origin } = await graphWith({
      [guid(1)]: { metadata: metadata('"new"'), small: image(png) },
      [guid(2)]: { metadata: metadata('"first"'), small: image(jpeg) },
    });

    const reads = await all(readPhotos(aClient(origin), [{ id: guid(1), etag: '"old"' }, { id: guid(2) }]));

    expect(reads).toEqual([
      { kind: 'photo', id: guid(1), etag: '"new"', mediaType: 'image/png', bytes: png },
      { kind: 'photo', id: guid(2), etag: '"first"', mediaType: 'image/jpeg', bytes: jpeg },
    ]);
  });

  it('asks for no bytes when the etag is known', async () => {
    const { origin, arrived } = await graphWith({ [guid(1)]: { metadata: metadata('"same"'), small: image(png) } });

    const reads = await all(readPhotos(aClient(origin), [{ id: guid(1), etag: '"same"' }]));

    expect(reads).toEqual([{ kind: 'unchanged', id: guid(1), etag: '"same"' }]);
    expect(urls(arrived)).toEqual([`/users/${guid(1)}/photo`]);
  });

  it('takes the photo as uploaded where there is no small one', async () => {
    const { origin } = await graphWith({ [guid(1)]: { metadata: metadata('"e"'), uploaded: image(gif(9, 9)) } });

    const reads = await all(readPhotos(aClient(origin), [{ id: guid(1) }]));

    expect(reads).toMatchObject([{ kind: 'photo', mediaType: 'image/gif' }]);
  });

  it('does not ask for a small one of a photo that is smaller', async () => {
    const small = { body: { id: '96x100', '@odata.mediaEtag': '"e"', width: 96, height: 100 } };
    const { origin, arrived } = await graphWith({ [guid(1)]: { metadata: small, uploaded: image(png) } });

    const reads = await all(readPhotos(aClient(origin), [{ id: guid(1) }]));

    expect(reads).toMatchObject([{ kind: 'photo', bytes: png }]);
    expect(urls(arrived)).toEqual([`/users/${guid(1)}/photo`, `/users/${guid(1)}/photo/$value`]);
  });

  it('asks for the few photos that changed among many people by whole batches', async () => {
    const people = Array.from({ length: 400 }, (_, index) => ({ id: guid(index) }));
    const withPhoto = people.filter((_, index) => index % 10 === 0);
    const { origin } = await graphWith(
      Object.fromEntries(withPhoto.map(({ id }) => [id, { metadata: metadata('"e"'), small: image(png) }])),
    );
    const client = aClient(origin);

    const reads = await all(readPhotos(client, people));

    expect(reads.map(({ id }) => id).toSorted()).toEqual(people.map(({ id }) => id));
    expect(reads.filter(({ kind }) => kind === 'photo')).toHaveLength(40);
    expect(client.requests).toMatchObject({ http: 22, batchMembers: 440 });
  });

  it.each<[string, { metadata?: Member; small?: Member }]>([
    ['404 with ImageNotFound', {}],
    ['404 with another code', { metadata: { status: 404, body: graphError('ErrorNonExistentMailbox') } }],
    ['404 without a body', { metadata: { status: 404 } }],
    ['metadata of one pixel', { metadata: metadata('"x"', '1x1') }],
    ['an empty etag', { metadata: metadata('') }],
    ['bytes of one pixel', { metadata: metadata('"x"'), small: image(gif(1, 1)) }],
    ['404 for the bytes, small and uploaded', { metadata: metadata('"x"') }],
  ])('takes %s for no photo', async (_name, photo) => {
    const { origin } = await graphWith({ [guid(1)]: photo });

    expect(await all(readPhotos(aClient(origin), [{ id: guid(1) }]))).toEqual([{ kind: 'none', id: guid(1) }]);
  });

  it('refuses what is no image, and what is too large', async () => {
    const large = Buffer.concat([png, Buffer.alloc(maxPhotoBytes + 1 - png.length)]);
    const { origin } = await graphWith({
      [guid(1)]: { metadata: metadata('"a"'), small: image(Buffer.from('<svg onload="x"/>')) },
      [guid(2)]: { metadata: metadata('"b"'), small: image(large) },
      [guid(3)]: { metadata: metadata('"c"'), small: image(large.subarray(0, maxPhotoBytes)) },
    });

    const reads = await all(
      readPhotos(
        aClient(origin),
        [1, 2, 3].map((number) => ({ id: guid(number) })),
      ),
    );

    expect(reads).toMatchObject([
      { kind: 'refused', id: guid(1), etag: '"a"', reason: 'not-an-image' },
      { kind: 'refused', id: guid(2), etag: '"b"', reason: 'too-large' },
      { kind: 'photo', id: guid(3) },
    ]);
  });

  it('lets one trouble cost that person only', async () => {
    const { origin } = await graphWith({
      [guid(1)]: { metadata: { status: 403, body: graphError('accessDenied') } },
      [guid(2)]: { metadata: { body: {} } },
      [guid(3)]: { metadata: metadata('"c"'), small: { status: 500 } },
      [guid(4)]: { metadata: metadata('"d"'), small: image(png) },
    });

    const reads = await all(
      readPhotos(
        aClient(origin),
        [1, 2, 3, 4].map((number) => ({ id: guid(number) })),
      ),
    );

    expect(reads.map(({ kind, id }) => [id, kind])).toEqual([
      [guid(1), 'failed'],
      [guid(2), 'failed'],
      [guid(3), 'failed'],
      [guid(4), 'photo'],
    ]);
  });

  it('hands over the first photos before it asks for the last ones', async () => {
    const people = Array.from({ length: 200 }, (_, index) => ({ id: guid(index) }));
    const { origin } = await graphWith(
      Object.fromEntries(people.map(({ id }) => [id, { metadata: metadata('"e"'), small: image(png) }])),
    );
    const client = aClient(origin);

    const reads = readPhotos(client, people)[Symbol.asyncIterator]();
    await reads.next();
    const membersSoFar = client.requests.batchMembers;
    let rest = 1;
    while (!(await reads.next()).done) rest += 1;

    expect(rest).toBe(200);
    expect(membersSoFar).toBeLessThan(200);
    expect(client.requests).toMatchObject({ http: 20, batchMembers: 400 });
  });
});
