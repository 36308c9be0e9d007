import { type Connection, type Model, Schema } from 'mongoose';

/** A Graph subscription that we made for an organisation. */
export interface SubscriptionRecord {
  /** `organisationId:kind:tenantIndex` */
  readonly _id: string;
  readonly organisationId: string;
  readonly kind: 'users' | 'groups';
  /** The tenant that it is in, sealed, and its blind index; null in records from before these were kept. */
  readonly tenantSealed: string | null;
  readonly tenantIndex: string | null;
  readonly subscriptionId: string;
  readonly notificationUrl: string;
  /** The id of the key that its clientState is signed with; null in records from before this was kept. */
  readonly clientStateKey: string | null;
  readonly expiresAt: Date;
  /** When Graph listed it last; null in records from before this was kept. */
  readonly seenAt: Date | null;
}

const schema = new Schema<SubscriptionRecord>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    kind: { type: String, required: true },
    tenantSealed: { type: String, default: null },
    tenantIndex: { type: String, default: null },
    subscriptionId: { type: String, required: true },
    notificationUrl: { type: String, required: true },
    clientStateKey: { type: String, default: null },
    expiresAt: { type: Date, required: true },
    seenAt: { type: Date, default: null },
  },
  { collection: 'subscriptions', versionKey: false },
);
schema.index({ organisationId: 1 });

export const subscriptionModel = (connection: Connection): Model<SubscriptionRecord> =>
  connection.model<SubscriptionRecord>('Subscription', schema);
