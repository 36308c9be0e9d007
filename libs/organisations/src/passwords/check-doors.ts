import type { ClientSession, Connection } from 'mongoose';
import { roleModel, roleOfOwner } from '../roles/roles.ts';
import type { OrganisationDocument } from '../settings/organisation-model.ts';
import { SettingsError } from '../settings/provisioning-settings.ts';
import { signsInWithMicrosoft } from '../tenant/consent.ts';
import { signInTestOf } from '../tenant/sign-in-test.ts';
import { passwordModel } from './password-model.ts';
import { passwordsOf } from './password-access.ts';

export type IsActive = (learnerId: string) => Promise<boolean>;

export interface CheckDoorsDeps {
  readonly connection: Connection;
  readonly session: ClientSession;
  readonly isActive: IsActive;
}

/**
 * Checks how people would come in, were the organisation as it is wanted. Passwords go only where signing in with
 * Microsoft has been shown to work, and while somebody is named who comes in when it doesn't.
 * @throws SettingsError
 */
export async function checkDoors(
  deps: CheckDoorsDeps,
  before: OrganisationDocument,
  wanted: OrganisationDocument,
): Promise<void> {
  const { enabled, breakGlassOwner } = passwordsOf(wanted);
  if (!enabled) checkMicrosoft(wanted, breakGlassOwner);
  // Who was named long ago must not stand in the way of bringing passwords back.
  const isNamed = !enabled || breakGlassOwner !== passwordsOf(before).breakGlassOwner;
  if (isNamed && breakGlassOwner !== null && !(await mayBreakGlass(deps, wanted._id, breakGlassOwner))) {
    throw new SettingsError(['passwords.breakGlassOwner must be an active Owner who has a password']);
  }
}

function checkMicrosoft(wanted: OrganisationDocument, breakGlassOwner: string | null): void {
  const complaint = [
    [signsInWithMicrosoft(wanted), 'because nobody signs in with Microsoft here'],
    [signInTestOf(wanted) !== null, 'until an administrator has tested signing in with Microsoft, by "Test sign-in"'],
    [breakGlassOwner !== null, 'until an Owner is named for emergencies, as passwords.breakGlassOwner'],
  ].find(([isGood]) => !isGood);
  if (complaint) throw new SettingsError([`passwords.enabled must be true, ${String(complaint[1])}`]);
}

async function mayBreakGlass(
  { connection, session, isActive }: CheckDoorsDeps,
  organisationId: string,
  learnerId: string,
): Promise<boolean> {
  const isOwner = await roleModel(connection).exists(roleOfOwner(organisationId, learnerId)).session(session);
  const hasPassword = await passwordModel(connection).exists({ _id: learnerId, organisationId }).session(session);
  return isOwner !== null && hasPassword !== null && (await isActive(learnerId));
}
