import { type Connection, type Model, Schema } from 'mongoose';
import type { Consent } from '../tenant/consent.ts';
import { defaultNotifications, type NotificationSettings } from './notification-settings.ts';
import { defaultProvisioning, type ProvisioningSettings } from './provisioning-settings.ts';

/** An organisation as it is stored. The tenant ID is here only sealed, and as a blind index. */
export interface OrganisationDocument {
  readonly _id: string;
  readonly subdomain: string;
  readonly name: string;
  /** Grows with every change of the settings, so that a run notices that they changed under it. */
  readonly revision: number;
  readonly microsoft: {
    readonly tenantSealed: string;
    readonly tenantIndex: string;
    /** Object ID of the security group whose people become learners; null until one is chosen. */
    readonly groupId: string | null;
    /** What an administrator of the tenant has agreed to. Absent in documents from before: both. */
    readonly consents?: readonly Consent[];
  } | null;
  readonly provisioning: ProvisioningSettings;
  readonly singleSignOn: {
    readonly enabled: boolean;
    /** Whether guests of the tenant may sign in too. */
    readonly guests?: boolean;
  };
  /** Signing in with email and password. Off for an organisation from before there were passwords. */
  readonly passwords?: {
    readonly enabled: boolean;
    /** Learner id of the Owner who may use a password while it is off for everybody else. */
    readonly breakGlassOwner?: string | null;
  };
  /** Absent in documents from before there were notices. */
  readonly notifications?: Partial<NotificationSettings>;
  /** The last sign-in with Microsoft that an administrator made as a test, and by which tenant it was. */
  readonly signInTest?: { readonly at: Date; readonly learnerId: string; readonly tenantIndex: string } | null;
  /** User principal name of the person who becomes Owner at the first sign-in; null once somebody is Owner. */
  readonly firstOwner: string | null;
}

const schema = new Schema<OrganisationDocument>(
  {
    _id: { type: String, required: true },
    subdomain: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    revision: { type: Number, required: true, default: 1 },
    microsoft: {
      type: new Schema(
        {
          tenantSealed: { type: String, required: true },
          tenantIndex: { type: String, required: true },
          groupId: { type: String, default: null },
          consents: { type: [String], default: undefined },
        },
        { _id: false },
      ),
      default: null,
    },
    provisioning: { type: Schema.Types.Mixed, default: () => defaultProvisioning },
    singleSignOn: { enabled: { type: Boolean, default: true }, guests: { type: Boolean, default: false } },
    passwords: { enabled: { type: Boolean, default: true }, breakGlassOwner: { type: String, default: null } },
    notifications: { type: Schema.Types.Mixed, default: () => defaultNotifications },
    signInTest: { type: Schema.Types.Mixed, default: null },
    firstOwner: { type: String, default: null },
  },
  { collection: 'organisations', versionKey: false },
);

// One tenant serves one organisation.
schema.index(
  { 'microsoft.tenantIndex': 1 },
  { unique: true, partialFilterExpression: { 'microsoft.tenantIndex': { $type: 'string' } } },
);

/** Where a tenant ID is sealed for. */
export const tenantPlace = (organisationId: string) => ({ organisationId, field: 'microsoft.tenantId' });

export const organisationModel = (connection: Connection): Model<OrganisationDocument> =>
  connection.model<OrganisationDocument>('Organisation', schema);
