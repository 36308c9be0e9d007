import { type Connection, type Model, Schema } from 'mongoose';

/** A Graph subscription that we made for an organisation. */
export interface SubscriptionRecord {
  /** `organisationId:kind` */
  readonly _id: string;
  readonly organisationId: string;
  readonly kind: 'users' | 'groups';
  readonly subscriptionId: string;
  readonly notificationUrl: string;
  readonly expiresAt: Date;
}

const schema = new Schema<SubscriptionRecord>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    kind: { type: String, required: true },
    subscriptionId: { type: String, required: true },
    notificationUrl: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'subscriptions', versionKey: false },
);
schema.index({ organisationId: 1 });

export const subscriptionModel = (connection: Connection): Model<SubscriptionRecord> =>
  connection.model<SubscriptionRecord>('Subscription', schema);
