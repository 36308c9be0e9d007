import type { Page } from 'playwright-core';
import { outboxModel } from '@learnamp/profile-writer';
import type { Connection } from 'mongoose';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';

export const PASSWORD = 'correct horse battery staple';

/** The link of the invitation that was mailed to an address. */
export async function invitationTo(connection: Connection, address: string): Promise<string> {
  const outbox = outboxModel(connection);
  const { fact } = await eventually(`an invitation is mailed to ${address}`, async () => {
    const mail = await outbox.findOne({ 'to.address': address }).lean();
    return /http\S+\/invitation\?token=[\w-]+/.exec(mail?.text ?? '')?.[0];
  });
  return fact;
}

/** Makes an organisation as operators do; the answer is the link that its first Owner is mailed. */
export async function makeOrganisation(
  installation: Installation,
  [subdomain, name, owner]: readonly [subdomain: string, name: string, owner: string],
): Promise<string> {
  const ended = await installation.ops(
    'organisations',
    'create',
    '--subdomain',
    subdomain,
    '--name',
    name,
    '--owner',
    owner,
  );
  if (ended.code !== 0) throw new Error(`exit code ${ended.code}: ${ended.errors}`);
  return invitationTo(installation.connection, owner);
}

/** Opens the link of an invitation and chooses a password. */
export async function acceptInvitation(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set password and sign in' }).press('Enter');
  await page.getByRole('heading', { name: 'Hello' }).waitFor();
}
