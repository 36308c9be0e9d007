import type { Shortage } from '@learnamp/directory';
import { type Connection, type Model, Schema } from 'mongoose';

/** One group of an organisation's tree with its direct members. */
export interface GroupNode {
  /** `organisationId:groupId` */
  readonly _id: string;
  readonly organisationId: string;
  readonly groupId: string;
  /** As it was read last; null where only its id has been seen. */
  readonly displayName: string | null;
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  /** The list that was read last had fewer members than Graph counts. */
  readonly shortage?: Shortage | null;
}

const schema = new Schema<GroupNode>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    groupId: { type: String, required: true },
    displayName: { type: String, default: null },
    userIds: { type: [String], default: [] },
    groupIds: { type: [String], default: [] },
    shortage: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'groupNodes', versionKey: false },
);
schema.index({ organisationId: 1 });

export const groupNodeModel = (connection: Connection): Model<GroupNode> =>
  connection.model<GroupNode>('GroupNode', schema);
