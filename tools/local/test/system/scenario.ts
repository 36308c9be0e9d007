import { openChromium } from '@learnamp/testkit';
import { runModel } from '@learnamp/learners';
import { eventually } from './eventually.ts';
import { reference } from './graph-driver.ts';
import type { System, Watched } from './system.ts';

interface GraphUser {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
}
interface Listed<Item> {
  readonly value: readonly Item[];
}

/** How long each change took to show in MongoDB, in milliseconds. */
export type Latencies = Readonly<Record<'added' | 'removed' | 'renamed' | 'manager', number>>;

/** The bound that a change by notification has to keep. */
export const WITHIN_MS = 5_000;

const groupNamed = async ({ graph }: System, name: string) => {
  const { value } = await graph.read<Listed<{ id: string }>>(
    `/groups?$filter=displayName eq '${encodeURIComponent(name)}'&$select=id`,
  );
  return value[0]?.id ?? '';
};

const userNamed = async ({ graph }: System, upn: string) => graph.read<GraphUser>(`/users/${encodeURIComponent(upn)}`);

/**
 * Changes the directory of the sample company by Graph's own calls, one change after the other, and waits for each to
 * show in MongoDB.
 */
export async function changeTheDirectory(system: System, watched: Watched, deepestGroup: string): Promise<Latencies> {
  const { graph } = system;
  const deepest = await groupNamed(system, deepestGroup);
  const [first, second] = await membersOf(system, deepest);
  if (!first || !second) throw new Error(`${deepestGroup} needs two members`);

  const domain = first.userPrincipalName.split('@')[1] ?? '';
  const newcomer = `test.newcomer@${domain}`;
  await graph.write('POST', '/users', {
    accountEnabled: true,
    displayName: 'Test Newcomer',
    mailNickname: 'test.newcomer',
    userPrincipalName: newcomer,
    passwordProfile: { password: 'Not-a-real-one-1!' },
  });
  const { id } = await userNamed(system, newcomer);
  await graph.write('POST', `/groups/${deepest}/members/$ref`, reference(id));
  const added = await shows(
    'the added user is an active learner',
    async () => (await watched.learner(newcomer))?.active,
  );

  await graph.write('PATCH', `/users/${id}`, { displayName: 'Test Newcomer-Renamed' });
  const renamed = await shows(
    'the new name',
    async () => (await watched.learner(newcomer))?.fields.displayName === 'Test Newcomer-Renamed',
  );

  await graph.write('PUT', `/users/${id}/manager/$ref`, reference(first.id));
  const manager = await shows('the new manager', async () => {
    const learner = await watched.learner(newcomer);
    return learner?.manager?.personId === first.id && learner.manager.learnerId !== null;
  });

  await graph.write('DELETE', `/groups/${deepest}/members/${id}/$ref`);
  const removed = await shows(
    'the leaver is inactive',
    async () => (await watched.learner(newcomer))?.active === false,
  );
  return { added, renamed, manager, removed };
}

async function membersOf({ graph }: System, groupId: string): Promise<readonly GraphUser[]> {
  const { value } = await graph.read<Listed<GraphUser & { '@odata.type': string }>>(`/groups/${groupId}/members`);
  return value.filter((member) => member['@odata.type'] === '#microsoft.graph.user');
}

async function shows(what: string, ask: () => Promise<boolean | undefined>): Promise<number> {
  const { ms } = await eventually(what, async () => ((await ask()) ? true : undefined), 20_000);
  return Math.round(ms);
}

/** Every run so far, oldest first, as the run log tells it. */
export async function runLog({ connection }: Watched) {
  const runs = await runModel(connection).find().sort({ startedAt: 1 }).lean();
  return runs.map(({ mode, trigger, stage, applied }) => ({ mode, trigger, stage, applied }));
}

/** Signs a person in through the browser, checks that the page knows them, and signs them out. */
export async function signInAndOut(system: System, displayName: string): Promise<void> {
  const chromium = await openChromium();
  try {
    const page = await chromium.browser.newPage();
    await page.goto(system.homeUrl);
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await page.getByLabel('Search people').fill(displayName);
    await page.getByLabel('Search people').press('Enter');
    await page.getByRole('button', { name: displayName, exact: true }).click();
    await page.getByRole('heading', { name: `Hello, ${displayName}` }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
  } finally {
    await chromium.close();
  }
}
