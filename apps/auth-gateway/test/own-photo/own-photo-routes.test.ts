import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { directoryPhotoId } from '@learnamp/learners';
import { type Answer, type Browser, exchange } from '@learnamp/testkit';
import { anOwnerAndALearner, grace } from '../fixtures/an-owner-and-a-learner.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { whileDeciding } from '../fixtures/outcomes.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('a photo')]);
const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from('a photo')]);
const webp = Buffer.from('RIFF1234WEBPVP8 a photo');
const gif = Buffer.from('GIF89a a photo');
const tooLarge = Buffer.concat([png, Buffer.alloc(500_001 - png.byteLength)]);

let world: World;
let learner: Browser;
let learnerId: string;

beforeAll(async () => {
  world = await aWorld();
  ({ learner } = await anOwnerAndALearner(world));
  const found = await world.gateway.models.learners
    .findOne({ 'sources.microsoft.personId': grace.oid })
    .lean()
    .orFail();
  learnerId = found._id;
}, 120_000);
afterAll(() => world.stop());

beforeEach(async () => {
  const { photos, ownPhotos } = world.gateway.models;
  await Promise.all([photos.deleteMany({}), ownPhotos.deleteMany({})]);
});

const commands = () => learnerCommandsOf(world.gateway);
const lastAction = async () => (await commands()).at(-1)?.action;
const bodyOf = ({ body }: Answer) => JSON.parse(body) as { outcome?: unknown; code?: string };

/** What the browser sends as bytes, with its cookies. */
function send(method: 'PUT' | 'POST', path: string, bytes: Buffer, headers: Readonly<Record<string, string>>) {
  const { host, origin } = new URL(world.home);
  const cookie = [...learner.cookies(host)].map(([name, value]) => `${name}=${value}`).join('; ');
  return exchange(method, world.home + path, { host, origin, cookie, ...headers }, bytes);
}
const put = (bytes: Buffer, type: string, headers: Readonly<Record<string, string>> = {}) =>
  send('PUT', '/me/photo', bytes, { 'content-type': type, ...headers });

/** What a form with a file sends. */
function upload(bytes: Buffer, fileName = 'me.png') {
  const said = `content-disposition: form-data; name="photo"; filename="${fileName}"\r\ncontent-type: image/png\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(`--edge\r\n${said}`), bytes, Buffer.from('\r\n--edge--\r\n')]);
  return send('POST', '/profile/photo', body, { 'content-type': 'multipart/form-data; boundary=edge' });
}

describe('PUT /me/photo', () => {
  it.each([
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/webp', webp],
    ['image/jpeg', png],
  ])('gives a learner a photo that is sent as %s', async (type, bytes) => {
    const answer = await whileDeciding(world.gateway, put(bytes, type));

    expect([answer.status, bodyOf(answer)]).toMatchObject([200, { outcome: { outcome: 'applied' } }]);
    expect((await commands()).at(-1)).toMatchObject({ organisationId: world.acme.id, requestedBy: learnerId });
    expect(await lastAction()).toEqual({ kind: 'set-own-photo', learnerId, base64: bytes.toString('base64') });
  });

  it('takes five hundred thousand bytes', async () => {
    const largest = tooLarge.subarray(0, 500_000);

    expect((await whileDeciding(world.gateway, put(largest, 'image/png'))).status).toBe(200);
  });

  it.each([
    ['one byte more', tooLarge, 'image/png', 413, 'photo-too-large'],
    ['a megabyte', Buffer.concat([png, Buffer.alloc(1_000_000)]), 'image/png', 413, 'photo-too-large'],
    ['a drawing that says it is a photo', Buffer.from('<svg onload="alert(1)">'), 'image/png', 415, 'no-photo'],
    ['a GIF, whatever it is called', gif, 'image/png', 415, 'no-photo'],
    ['nothing', Buffer.alloc(0), 'image/png', 415, 'no-photo'],
    ['a GIF', gif, 'image/gif', 415, 'bad-request'],
    ['JSON', Buffer.from('"a photo"'), 'application/json', 415, 'no-photo'],
  ])('refuses %s with a problem document', async (_what, bytes, type, status, code) => {
    const before = (await commands()).length;

    const answer = await put(bytes, type);

    expect([answer.status, answer.headers['content-type'], bodyOf(answer).code]).toEqual([
      ...[status, 'application/problem+json', code],
    ]);
    expect(await commands()).toHaveLength(before);
  });

  it('is refused to nobody and to other sites', async () => {
    const before = (await commands()).length;
    const headers = { host: new URL(world.home).host, 'content-type': 'image/png' };

    const nobody = await exchange('PUT', `${world.home}/me/photo`, { ...headers, origin: world.home }, png);
    const elsewhere = await put(png, 'image/png', { origin: 'https://elsewhere.example' });

    expect([nobody.status, elsewhere.status]).toEqual([401, 403]);
    expect(await commands()).toHaveLength(before);
  });
});

describe('DELETE /me/photo', () => {
  it("takes a learner's own photo away", async () => {
    const answer = await whileDeciding(world.gateway, learner.send('DELETE', `${world.home}/me/photo`, {}));

    expect([answer.status, bodyOf(answer)]).toMatchObject([200, { outcome: { outcome: 'applied' } }]);
    expect(await lastAction()).toEqual({ kind: 'remove-own-photo', learnerId });
  });

  it('is refused to nobody and to other sites', async () => {
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    const answers = [
      await createBrowser().send('DELETE', `${world.home}/me/photo`, {}),
      await learner.send('DELETE', `${world.home}/me/photo`, {}, crossSite),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 403]);
  });
});

describe('the page of a profile', () => {
  const page = async (query = '') => (await learner.get(`${world.home}/profile${query}`)).body;
  const storePhotos = async (...whose: ('own' | 'directory')[]) => {
    const { photos, ownPhotos } = world.gateway.models;
    const photo = { organisationId: world.acme.id, mediaType: 'image/webp', bytes: webp } as const;
    if (whose.includes('own')) await ownPhotos.create({ ...photo, _id: learnerId, commandId: 'c' });
    if (!whose.includes('directory')) return;
    await photos.create({
      ...{ ...photo, _id: directoryPhotoId(world.acme.id, grace.oid), personId: grace.oid },
      ...{ version: '0000000001-000000000001', runId: 'r', etag: 'e' },
    });
  };

  it('says what comes from Entra, and is linked from the home page', async () => {
    const body = await page();

    expect(body).toContain('From Microsoft Entra');
    expect(body).toContain('They can be changed only there');
    expect(body).toMatch(/<dt>Job title<\/dt>\s*<dd>Analyst<\/dd>/);
    expect(body).not.toContain('<script');
    expect((await learner.get(`${world.home}/`)).body).toContain('href="/profile"');
  });

  it('labels the field for the photo, and says what it takes', async () => {
    const body = await page();

    expect(body).toContain('<label for="photo">');
    expect(body).toMatch(
      /<input[^>]*id="photo"[^>]*accept="image\/jpeg,image\/png,image\/webp"[^>]*aria-describedby="photo-hint"/,
    );
    expect(body).toContain('You have no photo yet.');
  });

  it.each([
    ['none', [], false, 'You have no photo yet.'],
    ['that of Entra', ['directory'], false, 'This photo comes from Microsoft Entra.'],
    ['their own', ['own', 'directory'], true, 'the photo that you gave yourself'],
  ] as const)('says which photo is shown: %s', async (_which, whose, isRemovable, words) => {
    await storePhotos(...whose);

    const body = await page();

    expect(body).toContain(words);
    expect(body.includes('action="/profile/photo/remove"')).toBe(isRemovable);
    expect(body.includes('src="/me/photo"')).toBe(whose.length > 0);
  });

  it('takes a photo by its form, and says so', async () => {
    const answer = await whileDeciding(world.gateway, upload(png));

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/profile?notice=photo-changed`]);
    expect(await lastAction()).toEqual({ kind: 'set-own-photo', learnerId, base64: png.toString('base64') });
    expect(await page('?notice=photo-changed')).toContain('Your photo is changed.');
  });

  it('says that it takes a moment, or that it was refused', async () => {
    expect((await upload(png)).location).toBe(`${world.home}/profile?notice=photo-soon`);
    const refused = await whileDeciding(world.gateway, upload(png), () => 'There is no such learner.');
    expect(refused.location).toBe(`${world.home}/profile?notice=photo-refused`);
    expect(await page('?notice=constructor')).not.toContain('role="status"');
  });

  it.each([
    ['no file', Buffer.alloc(0), '', 422, 'Choose a photo first.'],
    ['a text', Buffer.from('a text'), 'me.png', 415, 'no photo in JPEG, PNG or WebP'],
    ['one byte too much', tooLarge, 'me.png', 413, 'larger than 500 kB'],
    ['far too much', Buffer.alloc(2_000_000), 'me.png', 413, 'larger than 500 kB'],
  ])('refuses %s on the same page, beside the field', async (_what, bytes, name, status, words) => {
    const before = (await commands()).length;

    const answer = await upload(bytes, name);

    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(new RegExp(`role="alert" id="photo-problem">[^<]*${words}`));
    expect(answer.body).toContain('aria-invalid="true"');
    expect(await commands()).toHaveLength(before);
  });

  it('removes the own photo by a button', async () => {
    const answer = await whileDeciding(world.gateway, learner.post(`${world.home}/profile/photo/remove`));

    expect([answer.status, answer.location]).toEqual([303, `${world.home}/profile?notice=photo-removed`]);
    expect(await lastAction()).toEqual({ kind: 'remove-own-photo', learnerId });
  });

  it('is for those who are signed in, and its forms for pages of the same site', async () => {
    const nobody = createBrowser();
    const crossSite = { 'sec-fetch-site': 'cross-site' };

    expect((await nobody.get(`${world.home}/profile`)).status).toBe(401);
    expect((await nobody.post(`${world.home}/profile/photo/remove`)).status).toBe(401);
    expect((await learner.post(`${world.home}/profile/photo/remove`, {}, crossSite)).status).toBe(403);
  });
});
