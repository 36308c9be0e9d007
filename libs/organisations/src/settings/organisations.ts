import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import type { SealBox } from '../sealing/seal-box.ts';
import { type Consent, consents, consentsOf, singleSignOnOf } from '../tenant/consent.ts';
import { passwordsOf } from '../passwords/password-access.ts';
import { type SignInTest, signInTestOf } from '../tenant/sign-in-test.ts';
import { type OrganisationDocument, tenantPlace } from './organisation-model.ts';
import { type NotificationSettings, notificationsOf } from './notification-settings.ts';
import { checkProvisioning, provisioningOf, type ProvisioningSettings } from './provisioning-settings.ts';
import { isSubdomainTaken } from './taken.ts';

/** An organisation with its tenant ID opened. Keep it in memory only: no log, topic or answer carries the tenant. */
export interface Organisation extends Omit<
  OrganisationDocument,
  '_id' | 'microsoft' | 'singleSignOn' | 'passwords' | 'notifications' | 'signInTest'
> {
  readonly id: string;
  readonly singleSignOn: { readonly enabled: boolean; readonly guests: boolean };
  readonly passwords: { readonly enabled: boolean; readonly breakGlassOwner: string | null };
  readonly notifications: NotificationSettings;
  /** The last test of signing in by the tenant that is connected. */
  readonly signInTest: SignInTest | null;
  readonly microsoft: {
    readonly tenantId: string;
    readonly groupId: string | null;
    readonly consents: readonly Consent[];
  } | null;
}

export interface NewOrganisation {
  readonly subdomain: string;
  readonly name: string;
  readonly tenantId: string;
  readonly groupId: string;
  readonly firstOwner?: string;
}

/** Reads and writes organisations. Only auth-gateway and the operator's tools write. */
export interface Organisations {
  findBySubdomain(subdomain: string): Promise<Organisation | null>;
  findById(id: string): Promise<Organisation | null>;
  /** Ids of the organisations whose provisioning is on and whose group is known. */
  provisionedIds(): Promise<string[]>;
  /** The blind index of the tenant of each organisation whose directory may be read, by its id. */
  connectedTenants(): Promise<ReadonlyMap<string, string>>;
  /** Seals a tenant ID for what else is kept of an organisation, with its blind index; and opens it there. */
  sealTenant(id: string, tenantId: string): Promise<SealedTenant>;
  openTenant(id: string, tenantSealed: string): Promise<string>;
  /** The only organisation of the installation, where there is just one. */
  findOnly(): Promise<Organisation | null>;
  /** The revision of an organisation's settings now; null when it is gone. */
  revision(id: string): Promise<number | null>;
  /**
   * Creates the organisation of a subdomain, or brings its name, tenant and group up to date; a change raises its
   * revision. Idempotent.
   */
  ensure(wanted: NewOrganisation): Promise<Organisation>;
  changeProvisioning(id: string, change: Partial<ProvisioningSettings>): Promise<boolean>;
  /** Says that somebody is Owner now, so that no later sign-in becomes one by name. */
  clearFirstOwner(id: string): Promise<void>;
}

export function createOrganisations(model: Model<OrganisationDocument>, seals: SealBox): Organisations {
  const opened = (document: OrganisationDocument | null) => (document ? open(seals, document) : null);
  return {
    findBySubdomain: async (subdomain) => opened(await model.findOne({ subdomain: subdomain.toLowerCase() }).lean()),
    findById: async (id) => opened(await model.findById(id).lean()),
    provisionedIds: async () => {
      const found = await model
        .find({ 'provisioning.enabled': true, 'microsoft.groupId': { $type: 'string' } }, { _id: 1 })
        .lean();
      return found.map((document) => document._id);
    },
    connectedTenants: async () => {
      const found = await model.find({ microsoft: { $ne: null } }, 'microsoft').lean();
      return new Map(
        found.flatMap(({ _id, microsoft }) =>
          microsoft && consentsOf(microsoft).includes('provisioning') ? [[_id, microsoft.tenantIndex] as const] : [],
        ),
      );
    },
    sealTenant: (id, tenantId) => sealTenant(seals, id, tenantId),
    openTenant: (id, tenantSealed) => seals.open(tenantSealed, tenantPlace(id)),
    findOnly: async () => {
      const [first, second] = await model.find().limit(2).lean();
      return first && !second ? open(seals, first) : null;
    },
    revision: async (id) => (await model.findById(id, { revision: 1 }).lean())?.revision ?? null,
    ensure: (wanted) => ensure(model, seals, wanted),
    changeProvisioning: async (id, change) => {
      checkProvisioning(change);
      const set = Object.fromEntries(Object.entries(change).map(([name, value]) => [`provisioning.${name}`, value]));
      return (await model.updateOne({ _id: id }, { $set: set, $inc: { revision: 1 } })).matchedCount === 1;
    },
    clearFirstOwner: async (id) => {
      await model.updateOne({ _id: id }, { $set: { firstOwner: null } });
    },
  };
}

async function open(seals: SealBox, document: OrganisationDocument): Promise<Organisation> {
  const { _id: id, microsoft, ...stored } = document;
  const rest = {
    ...stored,
    provisioning: provisioningOf(document),
    singleSignOn: singleSignOnOf(document),
    passwords: passwordsOf(document),
    notifications: notificationsOf(document),
    signInTest: signInTestOf(document),
  };
  if (!microsoft) return { ...rest, id, microsoft };
  const tenantId = await seals.open(microsoft.tenantSealed, tenantPlace(id));
  return { ...rest, id, microsoft: { tenantId, groupId: microsoft.groupId, consents: consentsOf(microsoft) } };
}

async function ensure(
  model: Model<OrganisationDocument>,
  seals: SealBox,
  wanted: NewOrganisation,
): Promise<Organisation> {
  const subdomain = wanted.subdomain.toLowerCase();
  const existing = await model.findOne({ subdomain }).lean();
  if (!existing) {
    const created = await create(model, seals, { ...wanted, subdomain });
    // Another process was faster: what it created is brought up to date.
    return created ?? ensure(model, seals, wanted);
  }

  const current = await open(seals, existing);
  const same =
    current.name === wanted.name &&
    current.microsoft?.tenantId === wanted.tenantId &&
    current.microsoft.groupId === wanted.groupId;
  if (same) return current;
  const microsoft = await sealed(seals, existing._id, wanted);
  // Passwords were switched off because signing in by another tenant worked.
  const isTested = existing.signInTest && existing.signInTest.tenantIndex === microsoft.tenantIndex;
  const untested = existing.signInTest && !isTested ? { signInTest: null, 'passwords.enabled': true } : {};
  const changed = await model
    .findOneAndUpdate(
      { _id: existing._id },
      { $set: { name: wanted.name, microsoft, ...untested }, $inc: { revision: 1 } },
      { returnDocument: 'after', lean: true },
    )
    .orFail();
  return open(seals, changed);
}

/** Null when an organisation of that subdomain has come into being meanwhile. */
async function create(
  model: Model<OrganisationDocument>,
  seals: SealBox,
  wanted: NewOrganisation,
): Promise<Organisation | null> {
  const id = randomUUID();
  const microsoft = await sealed(seals, id, wanted);
  const { subdomain, name, firstOwner = null } = wanted;
  try {
    await model.create({ _id: id, subdomain, name, microsoft, firstOwner });
  } catch (error) {
    // One of the tenant is another matter, and stays an error.
    if (isSubdomainTaken(error)) return null;
    throw error;
  }
  return open(seals, await model.findById(id).orFail().lean());
}

async function sealed(seals: SealBox, id: string, { tenantId, groupId }: NewOrganisation) {
  return { ...(await sealTenant(seals, id, tenantId)), groupId, consents };
}

/** A tenant ID as it is stored. */
export interface SealedTenant {
  readonly tenantSealed: string;
  readonly tenantIndex: string;
}

export const sealTenant = async (seals: SealBox, id: string, tenantId: string): Promise<SealedTenant> => ({
  tenantSealed: await seals.seal(tenantId, tenantPlace(id)),
  tenantIndex: seals.blindIndex(tenantId),
});
