import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { aRunningCompany, OWNER } from './a-company.ts';
import { type ConsoleWindow, goTo, openWindow, signIn } from './console-window.ts';

jest.setTimeout(180_000);

const company = aRunningCompany();
let window: ConsoleWindow;

beforeEach(async () => {
  window = await openWindow(company.chromium);
});

afterEach(() => window.close());

it('says that Learn Amp can’t be reached while it can’t, and goes on by itself once it can', async () => {
  const { page } = window;
  await signIn(page, company.system.homeUrl, OWNER);
  await goTo(page, company.system.homeUrl, '', 'Overview');

  await page.route('**/api/**', (route) => route.abort());
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await page.getByRole('heading', { name: 'Learn Amp can’t be reached' }).waitFor({ timeout: 60_000 });
  await page.unroute('**/api/**');
  await page.getByRole('button', { name: 'Try again' }).click();

  await page.getByRole('table', { name: 'Runs' }).waitFor();
});

it('says that a part is away when the API says so, with what was read before still there', async () => {
  const { page } = window;
  await signIn(page, company.system.homeUrl, OWNER);
  await page.route('**/api/sync-runs?**', (route) => route.fulfill(unavailable));
  await page.route('**/api/sync-runs', (route) => route.fulfill(unavailable));

  await page.goto(`${company.system.homeUrl}/admin/runs`);

  await page.getByRole('heading', { name: 'Not available right now' }).waitFor({ timeout: 60_000 });
});

const unavailable = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    code: 'unavailable',
    detail: 'Away.',
  }),
};

it('says that the session is over when it is ended elsewhere, and leads back to the same page after signing in', async () => {
  const { page } = window;
  await signIn(page, company.system.homeUrl, OWNER);
  await goTo(page, company.system.homeUrl, '/runs?kind=full', 'Runs');

  await company.watched.connection.collection('sessions').deleteMany({});
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();

  await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
  expect(page.url()).toBe(`${company.system.homeUrl}/admin/runs?kind=full`);
});

it('lets no learner in, and says whom to ask', async () => {
  const { page } = window;
  await signIn(page, company.system.homeUrl, 'Imogen Harbour');

  const answer = await page.goto(`${company.system.homeUrl}/admin/settings`);

  expect(answer?.status()).toBe(403);
  await page.getByText('The console is for Owners and Admins.').waitFor();
});

it('leads who is not signed in to the home page, and on to what they wanted after signing in', async () => {
  const { page } = window;

  await page.goto(`${company.system.homeUrl}/admin/audit`);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await page.getByLabel('Search people').fill(OWNER);
  await page.getByLabel('Search people').press('Enter');
  await page.getByRole('button', { name: OWNER, exact: true }).click();

  await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
});

it('says that nothing waits where nothing is held, and that an address leads nowhere', async () => {
  const { page } = window;
  await signIn(page, company.system.homeUrl, OWNER);

  await goTo(page, company.system.homeUrl, '/held', 'Waiting for approval');
  await page.getByText('Nothing waits for your approval.').waitFor();
  await goTo(page, company.system.homeUrl, '/people/nobody', 'There is no such page');
});
