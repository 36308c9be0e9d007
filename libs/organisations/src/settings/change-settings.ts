import type { Connection } from 'mongoose';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditActor, AuditChange } from '../audit/audit-model.ts';
import { signsInWithMicrosoft } from '../tenant/consent.ts';
import { type OrganisationDocument, organisationModel } from './organisation-model.ts';
import {
  checkProvisioning,
  provisioningOf,
  type ProvisioningSettings,
  SettingsError,
} from './provisioning-settings.ts';
import { differences } from './setting-paths.ts';

/** What is to be set; what is left out stays. */
export interface SettingsChange {
  readonly provisioning?: Partial<ProvisioningSettings>;
  /** Signing in with email and password. */
  readonly passwords?: { readonly enabled: boolean };
}

export interface ChangeOptions {
  readonly actor: AuditActor;
  readonly at: Date;
  /** The revision that was looked at; with another one nothing is changed. */
  readonly ifRevision?: number;
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
  const model = organisationModel(connection);
  return connection.transaction(async (session) => {
    const document = await model.findById(id, null, { session }).lean();
    if (!document) return null;
    if (options.ifRevision !== undefined && options.ifRevision !== document.revision) throw new SettingsConflictError();
    const before = settingsOf(document);
    const after = { ...before, ...change, provisioning: { ...before.provisioning, ...change.provisioning } };
    const changes = differences(before, after);
    if (changes.length === 0) return changes;
    checkDoors(document, after);
    await model.updateOne({ _id: id }, { $set: after, $inc: { revision: 1 } }, { session });
    const { actor, at } = options;
    await appendAudit(connection, { organisationId: id, at, actor, action: 'settings changed', changes }, session);
    return changes;
  });
}

/** The settings that can be changed, with what a document lacks. */
export const settingsOf = (document: OrganisationDocument) => ({
  provisioning: provisioningOf(document),
  passwords: document.passwords ?? { enabled: false },
});

/** @throws SettingsError where nobody could sign in any more. */
function checkDoors(document: OrganisationDocument, after: ReturnType<typeof settingsOf>): void {
  if (after.passwords.enabled || signsInWithMicrosoft(document)) return;
  throw new SettingsError(['passwords.enabled must be true, because nobody signs in with Microsoft here']);
}
