import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { learnerIdOf, type RunDocument } from '@learnamp/learners';
import type { Locator, Page } from 'playwright-core';
import { aRun } from '../fixtures/a-learner.ts';
import { syncRequestsOf } from '../fixtures/sync-requests.ts';
import { type Acme, ada, inFreshWindow, mary, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

let acme: Acme;
let organisationId: string;
let adaId: string;

beforeAll(async () => {
  acme = await startAcme();
  organisationId = acme.organisation.id;
  adaId = learnerIdOf(organisationId, 'microsoft', ada.id);
  // The first sign-in makes Ada Owner.
  await inFreshWindow(acme, (page) => signInAs(acme, page, ada.name));
}, 120_000);

afterAll(() => acme.stop());

beforeEach(async () => {
  await acme.gateway.models.runs.deleteMany({});
});

const requests = () => syncRequestsOf(acme.gateway);

async function openSection(page: Page): Promise<Locator> {
  await signInAs(acme, page, ada.name);
  const section = page.getByRole('region', { name: 'Sync users' });
  await section.waitFor();
  return section;
}

const press = (section: Locator) => section.getByRole('button', { name: 'Sync users' }).click();
const told = (section: Locator, text: string) => section.getByRole('status').getByText(text, { exact: true }).waitFor();
const storeRun = (run: Partial<RunDocument> & { _id: string }) =>
  acme.gateway.models.runs.create(aRun({ organisationId, ...run }));

const finish = (id: string) =>
  acme.gateway.models.runs.updateOne({ _id: id }, { $set: { stage: 'finished', finishedAt: new Date() } });

describe('Sync users', () => {
  it('asks for a full run and follows it to its end', async () => {
    await inFreshWindow(acme, async (page, complaints) => {
      const section = await openSection(page);
      await told(section, 'There has been no sync yet.');

      await press(section);
      await told(section, 'A sync has been asked for. It begins shortly.');
      const request = (await requests()).at(-1);
      expect(request).toMatchObject({ organisationId, mode: 'full', requestedBy: adaId });

      await storeRun({ _id: 'run-1', requestIds: [request?.requestId ?? ''], trigger: 'request', requestedBy: adaId });
      await told(section, 'Full sync is under way.');
      await section.getByText('120 of 402').waitFor();
      expect(await section.getByRole('progressbar', { name: 'Syncing people' }).getAttribute('value')).toBe('120');
      await section.getByText('Asked for by Ada Lovelace').waitFor();

      await finish('run-1');
      await told(section, 'Full sync finished: 40 created, 3 updated, 1 deactivated.');
      await page.getByRole('table', { name: 'Recent runs' }).getByText('40 created').waitFor();
      expect(await section.getByRole('progressbar').count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  it('follows a run by events, and asks for it seldom meanwhile', async () => {
    await inFreshWindow(acme, async (page, complaints) => {
      await storeRun({ _id: 'run-e' });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const section = await openSection(page);
      await section.getByText('120 of 402').waitFor();

      for (const done of [200, 280, 360]) {
        await acme.gateway.models.runs.updateOne({ _id: 'run-e' }, { $set: { 'progress.done': done } });
        await section.getByText(`${done} of 402`).waitFor();
      }

      expect(asked.filter((path) => path === '/api/sync-runs/run-e/events')).toHaveLength(1);
      expect(asked.filter((path) => path === '/api/sync-runs/latest').length).toBeLessThan(3);
      // The bar and its numbers would be read out all the time.
      expect(await section.locator('[data-run="progress"]').getAttribute('aria-live')).toBeNull();
      expect(complaints).toEqual([]);
    });
  });

  it('says that a press joined the run that is under way', async () => {
    await inFreshWindow(acme, async (page) => {
      await storeRun({ _id: 'run-2' });
      const section = await openSection(page);
      await section.getByText('120 of 402').waitFor();

      await press(section);

      await told(section, 'Your request joined the sync that is under way.');
    });
  });

  it.each([true, false])('is cancelled by a button, with JavaScript %s', async (javaScriptEnabled) => {
    await inFreshWindow(
      acme,
      async (page) => {
        await storeRun({ _id: 'run-c', requestIds: [] });
        const section = await openSection(page);

        await section.getByRole('button', { name: 'Cancel' }).click();

        await page.getByRole('status').getByText('The run has been asked to end.').waitFor();
        expect((await requests()).at(-1)).toMatchObject({ mode: 'cancel', cancels: 'run-c', requestedBy: adaId });
        const end = { stage: 'cancelled', cancelledBy: adaId, finishedAt: new Date() } as const;
        await acme.gateway.models.runs.updateOne({ _id: 'run-c' }, { $set: end });
        if (!javaScriptEnabled) await page.goto(`${acme.home}/`);
        await told(section, 'Full sync was cancelled: 40 created, 3 updated, 1 deactivated.');
        await page.getByRole('table', { name: 'Recent runs' }).getByText('Cancelled by Ada Lovelace').waitFor();
        expect(await section.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
      },
      { javaScriptEnabled },
    );
  });

  it('shows beforehand what it would do', async () => {
    await inFreshWindow(acme, async (page, complaints) => {
      const section = await openSection(page);

      await section.getByRole('button', { name: 'Preview' }).click();
      await told(section, 'A preview has been asked for. It begins shortly.');
      const request = (await requests()).at(-1);
      expect(request).toMatchObject({ organisationId, mode: 'preview', requestedBy: adaId });

      const applied = { created: 40, updated: 3, unchanged: 0, deactivated: 1, unconfirmed: 2 };
      await storeRun({ _id: 'run-p', mode: 'preview', requestIds: [request?.requestId ?? ''], applied });
      await told(section, 'Preview is under way.');
      await finish('run-p');
      await told(
        section,
        'Preview finished: 40 to be created, 3 to be updated, 1 to be deactivated, 2 to be confirmed.',
      );
      await section.getByText('to be confirmed', { exact: true }).waitFor();
      expect(complaints).toEqual([]);
    });
  });

  it('works without JavaScript, by a form and by reloading', async () => {
    await inFreshWindow(
      acme,
      async (page) => {
        const section = await openSection(page);
        const before = (await requests()).length;

        await press(section);
        await page.getByRole('status').getByText('Your sync has been asked for.').waitFor();
        expect(await requests()).toHaveLength(before + 1);

        await storeRun({ _id: 'run-3' });
        await page.reload();
        await told(section, 'Full sync is under way.');
        await finish('run-3');
        await section.getByRole('link', { name: 'Reload this page to see how it goes on' }).click();
        await told(section, 'Full sync finished: 40 created, 3 updated, 1 deactivated.');
      },
      { javaScriptEnabled: false },
    );
  });

  it('says that changes follow by timer where Microsoft announces none', async () => {
    await inFreshWindow(acme, async (page) => {
      const section = await openSection(page);

      await section.getByText('they follow by timer, within 15 minutes').waitFor();
    });
  });

  it('reports managers in a circle by their names', async () => {
    await inFreshWindow(acme, async (page) => {
      await storeRun({ _id: 'run-4', stage: 'finished', finishedAt: new Date(), managerCycles: [[ada.id, mary.id]] });
      await openSection(page);

      await page.getByText('Managers in a circle: Ada Lovelace → Mary Somerville → Ada Lovelace').waitFor();
    });
  });

  it('is not there for a learner', async () => {
    await inFreshWindow(acme, async (page) => {
      await signInAs(acme, page, mary.name);
      await page.getByRole('heading', { name: 'Hello, Mary Somerville' }).waitFor();

      expect(await page.getByRole('region', { name: 'Sync users' }).count()).toBe(0);
    });
  });
});
