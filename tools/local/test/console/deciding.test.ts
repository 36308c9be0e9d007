import { expect, it, jest } from '@jest/globals';
import { eventually } from '../system/eventually.ts';
import { reference } from '../system/graph-driver.ts';
import { aCompany } from './a-company.ts';
import { goTo } from './console-window.ts';
import { everybody, groupNamed, type Member, membersOf } from './directory-of.ts';

// Each journey is walked by the keyboard alone, on a busy machine.
jest.setTimeout(180_000);

const LEAVERS = 8;
const company = aCompany();

const isActive = async ({ userPrincipalName }: Pick<Member, 'userPrincipalName'>) =>
  (await company.watched.learner(userPrincipalName))?.active === true;

it('a run that would remove many is held, and an Owner allows some of it and rejects the rest', async () => {
  const { system, window } = company;
  const { page } = window;
  const [first, second, ...others] = await takeOut(LEAVERS);
  if (!first || !second) throw new Error('nobody was taken out');
  const leavers = [first, second, ...others];

  await goTo(page, system.homeUrl, '/held', 'Waiting for approval');
  for (const { displayName } of leavers) {
    await page.getByRole('checkbox', { name: `Select ${displayName}` }).waitFor({ timeout: 120_000 });
  }
  expect(await Promise.all(leavers.map(isActive))).toEqual(leavers.map(() => true));

  for (const { displayName } of [first, second]) {
    await page.getByRole('checkbox', { name: `Select ${displayName}` }).press('Space');
  }
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Allow only these' }).press('Enter');
  await page.getByRole('alertdialog').getByText('2 people would be deactivated').waitFor();
  await page.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
  await page.getByText('Your answer for 2 people is noted.').waitFor();
  await eventually(
    () => `the two are inactive\n${system.diagnose()}`,
    async () => ((await isActive(first)) || (await isActive(second)) ? undefined : true),
    60_000,
  );

  await page.getByRole('button', { name: /^Reject all/u }).press('Enter');
  await page.getByRole('button', { name: 'Reject', exact: true }).press('Enter');
  await page.getByText('Nothing waits for your approval.').waitFor({ timeout: 60_000 });
  expect(await Promise.all(others.map(isActive))).toEqual(others.map(() => true));
});

/** Takes so many people out of their groups, at once. */
async function takeOut(count: number): Promise<readonly Member[]> {
  const { system } = company;
  const taken: Member[] = [];
  for (const name of ['Sales', 'Customer Success', 'Marketing']) {
    const group = await groupNamed(system, name);
    for (const member of await membersOf(system, group)) {
      if (taken.length === count || !(await isActive(member))) continue;
      await system.graph.write('DELETE', `/groups/${group}/members/${member.id}/$ref`);
      taken.push(member);
    }
  }
  expect(taken).toHaveLength(count);
  return taken;
}

it('somebody who is missing is explained, and comes once they are in the group', async () => {
  const { system, watched, window } = company;
  const { page } = window;
  const missing = await somebodyOutside();

  await goTo(page, system.homeUrl, '/people', 'People');
  await page.getByRole('searchbox').fill(missing.userPrincipalName);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Ask why somebody is missing' }).press('Enter');
  await page.getByText(missing.displayName).first().waitFor();
  await page.getByText('No path leads from the group to them').waitFor();

  const root = await groupNamed(system, 'Learn Amp Users');
  await system.graph.write('POST', `/groups/${root}/members/$ref`, reference(missing.id));
  await eventually(
    () => `they are an active learner\n${system.diagnose()}`,
    async () => ((await isActive(missing)) ? true : undefined),
    60_000,
  );
  const learner = await watched.learner(missing.userPrincipalName);
  await goTo(page, system.homeUrl, `/people/${learner?._id ?? ''}`, missing.displayName);
  await page.getByText('Learn Amp Users').first().waitFor();
});

/** Somebody whom the tenant knows, and whose account works, but who is in no group that counts. */
async function somebodyOutside(): Promise<Member> {
  for (const user of await everybody(company.system)) {
    if (user.accountEnabled === true && (await company.watched.learner(user.userPrincipalName)) === null) return user;
  }
  throw new Error('everybody is in the group');
}
