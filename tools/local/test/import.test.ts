import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { learnerModel } from '@learnamp/learners';
import { openChromium } from '@learnamp/testkit';
import type { Page } from 'playwright-core';
import { startOneProcess } from './system/one-process.ts';
import { acceptInvitation, invitationTo } from './system/owner.ts';
import { type System, watch, type Watched } from './system/system.ts';

jest.setTimeout(240_000);

// As a spreadsheet writes it that uses the comma for decimals: a mark, semicolons, and CRLF.
const file = [
  '\uFEFFE-Mail;Vorname;Nachname;Name;Abteilung;Active',
  'ines.duarte@contractors.example;Inês;Duarte;Inês Duarte;"Field; Service";WAHR',
  'nobody;Some;Body;Some Body;;WAHR',
  'otto.lind@contractors.example;Otto;Lind;Otto Lind;Field Service;WAHR',
].join('\r\n');

let system: System;
let watched: Watched;

beforeAll(async () => {
  system = await startOneProcess();
  watched = await watch(system);
  await watched.firstSync();
});

afterAll(async () => {
  await watched.connection.close();
  await system.stop();
});

it('brings people by a file: an Owner sees what will happen, starts it, invites one, and they sign in', async () => {
  const chromium = await openChromium();
  try {
    const page = await chromium.browser.newPage({ viewport: { width: 360, height: 640 } });
    await signIn(page, 'Dele Akintola');
    await importBy(page);
    await invite(page, 'Inês Duarte');

    const invited = await chromium.browser.newPage();
    await acceptInvitation(invited, await invitationTo(watched.connection, 'ines.duarte@contractors.example'));
    await invited.getByRole('heading', { name: 'Hello, Inês Duarte' }).waitFor();
  } finally {
    await chromium.close();
  }
  const learners = learnerModel(watched.connection);
  expect(await learners.findOne({ 'fields.email': 'otto.lind@contractors.example' }).lean()).toMatchObject({
    active: true,
    fields: { firstName: 'Otto', department: 'Field Service' },
    sources: { microsoft: null },
  });
});

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(system.homeUrl);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await page.getByLabel('Search people').fill(name);
  await page.getByLabel('Search people').press('Enter');
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
}

/** By the keyboard, on a narrow screen. */
async function importBy(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Import people' }).press('Enter');
  const upload = { name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(file) };
  await page.getByLabel('CSV file').setInputFiles(upload);
  await page.getByRole('button', { name: 'Read the file' }).press('Enter');

  await page.getByText('3 rows were read. Nothing is imported yet.').waitFor();
  const bad = page.getByRole('row').filter({ hasText: 'E-Mail: the value is no email address.' });
  expect(await bad.getByRole('cell').first().textContent()).toBe('3');
  expect(await countOf(page, 'will be created')).toBe('2');
  expect(await sidewaysOf(page)).toBe(0);
  await page.getByRole('button', { name: 'Import 2 people' }).press('Enter');

  await page.getByText('The import has ended.').waitFor({ timeout: 60_000 });
  expect(await countOf(page, 'imported')).toBe('2');
  await bad.waitFor();
  expect(await sidewaysOf(page)).toBe(0);
}

const countOf = (page: Page, name: string) =>
  page.locator('.counts div').filter({ hasText: name }).first().locator('dd').textContent();

const sidewaysOf = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function invite(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'All files' }).press('Enter');
  await page.getByRole('link', { name: 'Home page' }).press('Enter');
  await page.getByRole('button', { name: `Send: ${name}` }).press('Enter');
  await page.getByText('The invitations are on their way.').waitFor();
}
