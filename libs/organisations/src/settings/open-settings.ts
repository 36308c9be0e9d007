import type { Model } from 'mongoose';
import { type PasswordAccess, passwordAccessOf, passwordsOf } from '../passwords/password-access.ts';
import type { OrganisationDocument } from './organisation-model.ts';
import type { Organisation } from './organisations.ts';
import { singleSignOnOf } from '../tenant/consent.ts';
import { notificationsOf } from './notification-settings.ts';
import { provisioningOf } from './provisioning-settings.ts';

/** What is known of an organisation without the keys that open its tenant. */
export interface OpenSettings extends Pick<
  Organisation,
  'id' | 'subdomain' | 'name' | 'provisioning' | 'singleSignOn' | 'notifications'
> {
  /** Object ID of the security group whose people become learners; null while no tenant is connected. */
  readonly groupId: string | null;
  /** Signing in with email and password, as it is set. */
  readonly passwords: Organisation['passwords'];
  /** Who may use a password. */
  readonly passwordAccess: PasswordAccess;
}

/** Settings by organisation id, for a service that has no sealing keys; unknown organisations are left out. */
export type FindOpenSettings = (ids: Iterable<string>) => Promise<ReadonlyMap<string, OpenSettings>>;

export function createFindOpenSettings(model: Model<OrganisationDocument>): FindOpenSettings {
  return async (ids) => {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const found = await model
      .find(
        { _id: { $in: wanted } },
        'subdomain name provisioning singleSignOn passwords notifications microsoft.groupId microsoft.consents',
      )
      .lean();
    return new Map(found.map((document) => [document._id, settingsOf(document)]));
  };
}

function settingsOf(document: OrganisationDocument): OpenSettings {
  const { _id: id, subdomain, name, microsoft } = document;
  return {
    ...{ id, subdomain, name, singleSignOn: singleSignOnOf(document), groupId: microsoft?.groupId ?? null },
    provisioning: provisioningOf(document),
    passwords: passwordsOf(document),
    notifications: notificationsOf(document),
    passwordAccess: passwordAccessOf(document),
  };
}
