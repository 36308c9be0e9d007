import type { Connection } from 'mongoose';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditActor, AuditChange } from '../audit/audit-model.ts';
import { checkDoors, type IsActive } from '../passwords/check-doors.ts';
import { passwordsOf } from '../passwords/password-access.ts';
import { singleSignOnOf } from '../tenant/consent.ts';
import { type OrganisationDocument, organisationModel } from './organisation-model.ts';
import {
  checkNotifications,
  notificationsOf,
  type NotificationSettings,
  withoutAddresses,
} from './notification-settings.ts';
import { checkProvisioning, provisioningOf, type ProvisioningSettings } from './provisioning-settings.ts';
import { differences } from './setting-paths.ts';
import { checkSignIn } from './sign-in-settings.ts';

/** What is to be set; what is left out stays. */
export interface SettingsChange {
  readonly provisioning?: Partial<ProvisioningSettings>;
  /** Signing in with Microsoft. Switching it off brings passwords back. */
  readonly singleSignOn?: { readonly enabled?: boolean; readonly guests?: boolean };
  /** Signing in with email and password, and the Owner who still may while that is off. */
  readonly passwords?: { readonly enabled?: boolean; readonly breakGlassOwner?: string | null };
  /** Which mails there are about how the organisation is, and who gets them. */
  readonly notifications?: Partial<NotificationSettings>;
}

export interface ChangeOptions {
  readonly actor: AuditActor;
  readonly at: Date;
  /** The revision that was looked at; with another one nothing is changed. */
  readonly ifRevision?: number;
  /** Whether somebody is an active learner of the organisation; without it nobody can be named for emergencies. */
  readonly isActive?: IsActive;
}

/** The settings have changed since they were looked at. */
export class SettingsConflictError extends Error {
  readonly code = 'settings-changed-meanwhile';
  readonly retriable = false;

  constructor() {
    super('these settings have changed meanwhile: look at them again');
    this.name = 'SettingsConflictError';
  }
}

/**
 * Changes settings of an organisation and says so in its audit log, all or nothing; raises the revision, so that runs
 * notice. Needs no key that opens a tenant. Gives what is another now; null where there is no such organisation.
 * @throws SettingsError @throws SettingsConflictError
 */
export async function changeSettings(
  connection: Connection,
  id: string,
  change: SettingsChange,
  options: ChangeOptions,
): Promise<readonly AuditChange[] | null> {
  if (change.provisioning) checkProvisioning(change.provisioning);
  checkSignIn(change);
  if (change.notifications) checkNotifications(change.notifications);
  const model = organisationModel(connection);
  return connection.transaction(async (session) => {
    const document = await model.findById(id, null, { session }).lean();
    if (!document) return null;
    if (options.ifRevision !== undefined && options.ifRevision !== document.revision) throw new SettingsConflictError();
    const before = settingsOf(document);
    const after = settingsAfter(before, change);
    const changes = differences(before, after).map(withoutAddresses);
    if (changes.length === 0) return changes;
    const { actor, at, isActive = () => Promise.resolve(false) } = options;
    if (concernsDoors(changes))
      await checkDoors({ connection, session, isActive }, document, { ...document, ...after });
    const untested = after.singleSignOn.enabled ? {} : { signInTest: null };
    await model.updateOne({ _id: id }, { $set: { ...after, ...untested }, $inc: { revision: 1 } }, { session });
    await appendAudit(connection, { organisationId: id, at, actor, action: 'settings changed', changes }, session);
    return changes;
  });
}

/** The settings that can be changed, with what a document lacks. */
export const settingsOf = (document: OrganisationDocument) => ({
  provisioning: provisioningOf(document),
  singleSignOn: singleSignOnOf(document),
  passwords: passwordsOf(document),
  notifications: notificationsOf(document),
});

type Settings = ReturnType<typeof settingsOf>;

function settingsAfter(before: Settings, change: SettingsChange): Settings {
  const singleSignOn = { ...before.singleSignOn, ...change.singleSignOn };
  const passwords = { ...before.passwords, ...change.passwords };
  const endsMicrosoft = before.singleSignOn.enabled && !singleSignOn.enabled;
  return {
    provisioning: { ...before.provisioning, ...change.provisioning },
    singleSignOn,
    passwords: endsMicrosoft ? { ...passwords, enabled: true } : passwords,
    notifications: { ...before.notifications, ...change.notifications },
  };
}

/** Whether it is about how people come in. An organisation from before may have doors that could not be made today. */
const concernsDoors = (changes: readonly AuditChange[]) =>
  changes.some(({ path }) => path.startsWith('passwords.') || path === 'singleSignOn.enabled');
