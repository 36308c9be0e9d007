import { type Connection, type Model, Schema } from 'mongoose';

export type Role = 'Owner' | 'Admin' | 'Learner';

/** Who is more than a learner, by learner id. */
export interface RoleDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly learnerId: string;
  readonly role: Exclude<Role, 'Learner'>;
}

const schema = new Schema<RoleDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    learnerId: { type: String, required: true },
    role: { type: String, required: true, enum: ['Owner', 'Admin'] },
  },
  { collection: 'roles', versionKey: false },
);
schema.index({ organisationId: 1, role: 1 });

export const roleModel = (connection: Connection): Model<RoleDocument> =>
  connection.model<RoleDocument>('Role', schema);

const key = (organisationId: string, learnerId: string) => `${organisationId}:${learnerId}`;

/** The document of an Owner. */
export const roleOfOwner = (organisationId: string, learnerId: string): RoleDocument => ({
  ...{ _id: key(organisationId, learnerId), organisationId, learnerId },
  role: 'Owner',
});

export interface Roles {
  roleOf(organisationId: string, learnerId: string): Promise<Role>;
  grant(organisationId: string, learnerId: string, role: RoleDocument['role']): Promise<void>;
  /** Learner ids of an organisation's Owners. */
  owners(organisationId: string): Promise<string[]>;
}

export function createRoles(model: Model<RoleDocument>): Roles {
  return {
    roleOf: async (organisationId, learnerId) =>
      (await model.findById(key(organisationId, learnerId)).lean())?.role ?? 'Learner',
    grant: async (organisationId, learnerId, role) => {
      const update = { $set: { organisationId, learnerId, role } };
      await model.updateOne({ _id: key(organisationId, learnerId) }, update, { upsert: true });
    },
    owners: async (organisationId) => {
      const found = await model.find({ organisationId, role: 'Owner' }).lean();
      return found.map((document) => document.learnerId);
    },
  };
}
