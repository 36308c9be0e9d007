import type { Model } from 'mongoose';
import type { OrganisationDocument } from './organisation-model.ts';
import { checkProvisioning, type ProvisioningSettings } from './provisioning-settings.ts';

/**
 * Changes how provisioning works; raises the revision, so that runs notice. False when there is no such organisation.
 * @throws SettingsError
 */
export type ChangeProvisioning = (id: string, change: Partial<ProvisioningSettings>) => Promise<boolean>;

/** Needs no key that opens a tenant. */
export const createChangeProvisioning =
  (model: Model<OrganisationDocument>): ChangeProvisioning =>
  async (id, change) => {
    checkProvisioning(change);
    const set = Object.fromEntries(Object.entries(change).map(([name, value]) => [`provisioning.${name}`, value]));
    const update = { $set: set, $inc: { revision: 1 } };
    const { matchedCount } = await model.updateOne({ _id: id }, update);
    return matchedCount === 1;
  };
