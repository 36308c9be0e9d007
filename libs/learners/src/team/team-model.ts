import { createHash } from 'node:crypto';
import { type Connection, type Model, Schema } from 'mongoose';

/** A team. Those of departments are made by provisioning, flat; parents and names may be changed by hand. */
export interface TeamDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly origin: 'department' | 'manual';
  readonly parentId: string | null;
  /** The team that has taken this one's place, because their departments are one: it has no members, and is not shown. */
  readonly mergedInto?: string;
}

const teamSchema = new Schema<TeamDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    name: { type: String, required: true },
    origin: { type: String, required: true, enum: ['department', 'manual'] },
    parentId: { type: String, default: null },
    mergedInto: String,
  },
  { collection: 'teams', versionKey: false },
);
teamSchema.index({ organisationId: 1 });

export const teamModel = (connection: Connection): Model<TeamDocument> =>
  connection.model<TeamDocument>('Team', teamSchema);

/** The team of a department; spelling of case and space makes no other team. */
export function departmentTeamId(organisationId: string, department: string): string {
  const name = department.trim().replace(/\s+/gu, ' ').normalize('NFC').toLowerCase();
  return `tm_${createHash('sha256').update(`${organisationId}\n${name}`).digest('hex').slice(0, 32)}`;
}

/** That a learner is in a team, and by whose doing: provisioning takes away only what provisioning gave. */
export interface MembershipDocument {
  readonly _id: string;
  readonly organisationId: string;
  readonly learnerId: string;
  readonly teamId: string;
  readonly origin: 'department' | 'manual';
}

const membershipSchema = new Schema<MembershipDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    learnerId: { type: String, required: true },
    teamId: { type: String, required: true },
    origin: { type: String, required: true, enum: ['department', 'manual'] },
  },
  { collection: 'memberships', versionKey: false },
);
membershipSchema.index({ learnerId: 1 });
membershipSchema.index({ teamId: 1 });
membershipSchema.index({ organisationId: 1, origin: 1, teamId: 1, learnerId: 1 });

export const membershipModel = (connection: Connection): Model<MembershipDocument> =>
  connection.model<MembershipDocument>('Membership', membershipSchema);

export const membershipId = (membership: Pick<MembershipDocument, 'learnerId' | 'teamId' | 'origin'>): string =>
  `${membership.learnerId}:${membership.teamId}:${membership.origin}`;
