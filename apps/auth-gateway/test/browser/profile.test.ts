import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { whileDeciding } from '../fixtures/outcomes.ts';
import { learnerCommandsOf } from '../fixtures/learner-commands.ts';
import { type Acme, ada, inFreshWindow, mary, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
}, 120_000);

afterAll(() => acme.stop());

const image = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('a photo')]);
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });

it.each([
  ['wide', { width: 1280, height: 800 }],
  ['narrow', { width: 360, height: 640 }],
])('a learner gives themselves a photo, without a script, on a %s screen', async (_name, viewport) => {
  await inFreshWindow(
    acme,
    async (page, complaints) => {
      const folder = process.env['SCREENSHOTS'];
      const shoot = async (name: string) => {
        if (folder) await page.screenshot({ path: `${folder}/profile-${name}-${viewport.width}.png`, fullPage: true });
      };
      await signInAs(acme, page, mary.name);
      await page.getByRole('link', { name: 'Your profile' }).press('Enter');
      await page.getByRole('heading', { name: 'From Microsoft Entra' }).waitFor();
      await shoot('first');

      const field = page.getByLabel('Choose a photo');
      const send = page.getByRole('button', { name: 'Use this photo' });
      await field.setInputFiles(file('me.png', Buffer.from('a text')));
      await send.press('Enter');
      await page.getByRole('alert').getByText('no photo in JPEG, PNG or WebP').waitFor();
      await shoot('refused');

      await field.setInputFiles(file('me.png', image));
      await whileDeciding(
        acme.gateway,
        send.press('Enter').then(() => page.getByRole('status').waitFor()),
      );
      expect(await page.getByRole('status').textContent()).toBe('Your photo is changed.');
      const given = (await learnerCommandsOf(acme.gateway)).at(-1);
      expect(given?.action).toMatchObject({ kind: 'set-own-photo', base64: image.toString('base64') });

      // Scripts are off for the page alone.
      const scrolled = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      const real = complaints.filter((complaint) => !complaint.includes('status of 415'));
      expect([scrolled, real]).toEqual([0, []]);
    },
    { viewport, javaScriptEnabled: false },
  );
});

it('a learner takes their own photo away again', async () => {
  const { gateway, organisation } = acme;
  const learner = await gateway.models.learners.findOne({ 'fields.displayName': ada.name }).lean().orFail();
  const photo = { mediaType: 'image/png', bytes: image, commandId: 'c' } as const;
  await gateway.models.ownPhotos.create({ ...photo, _id: learner._id, organisationId: organisation.id });
  await inFreshWindow(acme, async (page) => {
    await signInAs(acme, page, ada.name);
    await page.getByRole('link', { name: 'Your profile' }).click();
    expect(await page.getByRole('img', { name: 'Your photo' }).count()).toBe(1);

    const remove = page.getByRole('button', { name: 'Remove my own photo' });
    await whileDeciding(
      gateway,
      remove.press('Enter').then(() => page.getByRole('status').waitFor()),
    );

    expect((await learnerCommandsOf(gateway)).at(-1)?.action).toMatchObject({ kind: 'remove-own-photo' });
  });
});
