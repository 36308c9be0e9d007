import { expect, it, jest } from '@jest/globals';
import { invitationModel } from '@learnamp/learners';
import { outboxModel } from '@learnamp/profile-writer';
import { eventually } from '../system/eventually.ts';
import { acceptInvitation, invitationTo, PASSWORD } from '../system/owner.ts';
import { aCompany, OWNER } from './a-company.ts';
import { goTo, openWindow, signIn } from './console-window.ts';
import { everybody } from './directory-of.ts';

// Each journey is walked by the keyboard alone, on a busy machine.
jest.setTimeout(180_000);

const LEARNER = 'Imogen Harbour';
const company = aCompany();

it('held invitations are sent by an Owner, one of them first, and accepted', async () => {
  const { system, watched, chromium, window } = company;
  const { page } = window;
  const invitations = invitationModel(watched.connection);
  const isHeld = { state: 'held' } as const;
  const held = await invitations.countDocuments(isHeld);
  expect(held).toBeGreaterThan(2);

  await goTo(page, system.homeUrl, '/invitations', 'Invitations');
  const name =
    (await page
      .getByRole('checkbox', { name: /^Select (?!all)/u })
      .first()
      .getAttribute('aria-label')) ?? '';
  await page.getByRole('checkbox', { name, exact: true }).press('Space');
  await page.getByRole('button', { name: 'Send selected (1)' }).press('Enter');
  await page.getByRole('button', { name: 'Send', exact: true }).press('Enter');
  await page.getByText('1 invitation is on the way.').waitFor();
  expect(await invitations.countDocuments(isHeld)).toBe(held - 1);

  await page.getByRole('button', { name: `Send all held (${held - 1})` }).press('Enter');
  await page.getByRole('button', { name: 'Send', exact: true }).press('Enter');
  await page.getByText(`${held - 1} invitations are on the way.`).waitFor();
  expect(await invitations.countDocuments(isHeld)).toBe(0);

  const { userPrincipalName, displayName } = await person(name.replace('Select ', ''));
  const visitor = await openWindow(chromium);
  await acceptInvitation(visitor.page, await invitationTo(watched.connection, userPrincipalName));
  await visitor.page.getByRole('heading', { name: `Hello, ${displayName}` }).waitFor();
  await visitor.close();
});

async function person(displayName: string) {
  const found = (await everybody(company.system)).find((one) => one.displayName === displayName);
  if (!found) throw new Error(`nobody is called ${displayName}`);
  return found;
}

it('Microsoft takes the place of passwords once it was tested, but for the Owner for emergencies', async () => {
  const { system, window } = company;
  const { page } = window;
  const owner = await person(OWNER);
  await choosePassword(OWNER);
  await choosePassword(LEARNER);
  expect(await isLetIn(LEARNER)).toBe(true);
  // A new password signs out everywhere else; Microsoft still knows them here.
  await page.goto(system.homeUrl);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).press('Enter');
  await page.getByRole('heading', { name: `Hello, ${OWNER}` }).waitFor();

  await goTo(page, system.homeUrl, '/sign-in', 'Sign-in');
  await page.getByRole('button', { name: 'Test sign-in' }).press('Enter');
  await page.getByLabel('Search people').fill(OWNER);
  await page.getByLabel('Search people').press('Enter');
  await page.getByRole('button', { name: OWNER, exact: true }).press('Enter');
  await page.getByText('Signing in with Microsoft works').waitFor();
  await page.getByRole('checkbox', { name: 'Allow email and password beside Microsoft' }).press('Space');
  await page.getByLabel('Owner who may use a password in an emergency').selectOption({ label: OWNER });
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
  await page.getByText('How people sign in is stored.').waitFor();

  const visitor = await openWindow(company.chromium);
  await visitor.page.goto(system.homeUrl);
  await visitor.page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
  expect(await visitor.page.getByLabel('Password').count()).toBe(0);
  expect(await isLetIn(LEARNER)).toBe(false);
  await visitor.page.getByRole('link', { name: 'Emergency sign-in' }).press('Enter');
  await visitor.page.getByLabel('Email').fill(owner.userPrincipalName);
  await visitor.page.getByLabel('Password').fill(PASSWORD);
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByRole('heading', { name: `Hello, ${OWNER}` }).waitFor();
  await visitor.close();
});

/** Whether their right password lets somebody in, in a window of its own and whatever the page offers. */
async function isLetIn(name: string): Promise<boolean> {
  const { userPrincipalName: email } = await person(name);
  const { page, close } = await openWindow(company.chromium);
  await page.goto(company.system.homeUrl);
  const form = JSON.stringify({ email, password: PASSWORD });
  const answer = await page.evaluate<string>(
    `fetch('/sign-in/password', { method: 'POST', redirect: 'manual', body: new URLSearchParams(${form}) })
      .then(({ type }) => type)`,
  );
  await close();
  // Who is let in is led on.
  return answer === 'opaqueredirect';
}

/** By the link that is mailed to whoever forgot theirs. */
async function choosePassword(name: string): Promise<void> {
  const { system, chromium, watched } = company;
  const { userPrincipalName: email } = await person(name);
  const visitor = await openWindow(chromium);
  await visitor.page.goto(`${system.homeUrl}/password/forgotten`);
  await visitor.page.getByLabel('Email').fill(email);
  await visitor.page.keyboard.press('Enter');
  const { fact: link } = await eventually('a link is mailed', async () => {
    const mails = await outboxModel(watched.connection).find({ 'to.address': email }).lean();
    return mails.flatMap(({ text }) => /http\S+\/password\/new\?token=[\w-]+/u.exec(text)?.[0] ?? [])[0];
  });
  await visitor.page.goto(link);
  await visitor.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await visitor.page.getByLabel('Password again').fill(PASSWORD);
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
  await visitor.close();
}

it('a learner who is deactivated is out of the page that they have open, within seconds', async () => {
  const { system, chromium } = company;
  const visitor = await openWindow(chromium);
  const learner = await person(LEARNER);
  await signIn(visitor.page, system.homeUrl, learner.displayName);

  await system.graph.write('PATCH', `/users/${learner.id}`, { accountEnabled: false });

  await visitor.page.getByText('You were signed out').waitFor({ timeout: 60_000 });
  await visitor.page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
  await visitor.close();
});
