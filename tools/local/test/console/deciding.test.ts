import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { openChromium, type OpenChromium } from '@learnamp/testkit';
import { eventually } from '../system/eventually.ts';
import { reference } from '../system/graph-driver.ts';
import { startOneProcess } from '../system/one-process.ts';
import { type System, watch, type Watched } from '../system/system.ts';
import { type ConsoleWindow, goTo, openWindow, signIn } from './console-window.ts';

// Each journey is walked by the keyboard alone, on a busy machine.
jest.setTimeout(180_000);

let system: System;
let watched: Watched;
let chromium: OpenChromium;
let window: ConsoleWindow;

beforeAll(async () => {
  [system, chromium] = await Promise.all([startOneProcess(), openChromium()]);
  watched = await watch(system);
  await watched.firstSync();
}, 180_000);

afterAll(async () => {
  await chromium.close();
  await watched.connection.close();
  await system.stop();
});

beforeEach(async () => {
  window = await openWindow(chromium);
  await signIn(window.page, system.homeUrl, 'Dele Akintola');
});

afterEach(async () => {
  expect(window.complaints).toEqual([]);
  await window.close();
});

interface Member {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly '@odata.type': string;
}
interface Listed<Item> {
  readonly value: readonly Item[];
}

async function groupNamed(name: string): Promise<string> {
  const query = `$filter=displayName eq '${encodeURIComponent(name)}'&$select=id`;
  const { value } = await system.graph.read<Listed<{ id: string }>>(`/groups?${query}`);
  return value[0]?.id ?? '';
}

async function membersOf(groupId: string): Promise<readonly Member[]> {
  const { value } = await system.graph.read<Listed<Member>>(`/groups/${groupId}/members`);
  return value.filter((member) => member['@odata.type'] === '#microsoft.graph.user');
}

const isActive = async ({ userPrincipalName }: Pick<Member, 'userPrincipalName'>) =>
  (await watched.learner(userPrincipalName))?.active === true;

it('a run that would remove many is held, and an Owner allows some of it and rejects the rest', async () => {
  const { page } = window;
  const leavers: Member[] = [];
  for (const name of ['Sales', 'Customer Success', 'Marketing']) {
    const group = await groupNamed(name);
    for (const member of await membersOf(group)) {
      if (leavers.length === 8 || !(await isActive(member))) continue;
      await system.graph.write('DELETE', `/groups/${group}/members/${member.id}/$ref`);
      leavers.push(member);
    }
  }
  expect(leavers).toHaveLength(8);
  const [first, second, ...others] = leavers as [Member, Member, ...Member[]];

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

it('somebody who is missing is explained, and comes once they are in the group', async () => {
  const { page } = window;
  const missing = await anybodyOutside();

  await goTo(page, system.homeUrl, `/people?q=${encodeURIComponent(missing.userPrincipalName)}`, 'People');
  await page.getByRole('link', { name: /missing/u }).press('Enter');
  await page.getByText(missing.displayName).first().waitFor();
  await page.getByText(/no path|not in the group/iu).first().waitFor();

  const root = await groupNamed('Learn Amp Users');
  await system.graph.write('POST', `/groups/${root}/members/$ref`, reference(missing.id));
  await eventually(
    () => `they are an active learner\n${system.diagnose()}`,
    async () => ((await isActive(missing)) ? true : undefined),
    60_000,
  );
  await page.reload();
  await page.getByRole('link', { name: missing.displayName }).first().waitFor();
});

/** Somebody whom the tenant knows and the group does not. */
async function anybodyOutside(): Promise<Member> {
  const { value } = await system.graph.read<Listed<Member>>('/users?$top=999&$select=id,displayName,userPrincipalName,accountEnabled');
  for (const user of value) {
    const isEnabled = (user as Member & { accountEnabled?: boolean }).accountEnabled === true;
    if (isEnabled && (await watched.learner(user.userPrincipalName)) === null) return user;
  }
  throw new Error('everybody is in the group');
}
