import { type Connection, type Model, Schema } from 'mongoose';

/** Who did it: somebody of the organisation, or whoever runs the installation. */
export interface AuditActor {
  readonly kind: 'learner' | 'operator';
  /** A learner's id, or the operator's name on their machine. */
  readonly id: string;
  /** Of the token by which a program did it for them. */
  readonly tokenId?: string;
}

/** A value that is another one now, by its path, such as `provisioning.limits.removal.small`. JSON; null for none. */
export interface AuditChange {
  readonly path: string;
  readonly old: unknown;
  readonly new: unknown;
}

/** What somebody did to an organisation. */
export interface AuditEvent {
  readonly organisationId: string;
  readonly at: Date;
  readonly actor: AuditActor;
  readonly action:
    | 'organisation created'
    | 'settings changed'
    | 'import started'
    | 'cancel requested'
    | 'tenant connected'
    | 'tenant disconnected'
    | 'group chosen'
    | 'sign-in tested'
    | 'emergency sign-in'
    | 'API token made'
    | 'API token revoked'
    | 'person erased';
  readonly changes: readonly AuditChange[];
}

/** An entry of the log. It is never changed; whoever changes one breaks the chain of hashes from there on. */
export interface AuditEntry extends AuditEvent {
  readonly _id: string;
  /** From 1, without gaps, for each organisation. */
  readonly sequence: number;
  /** The hash of the entry before; empty for the first. */
  readonly previousHash: string;
  readonly hash: string;
}

/** Where an organisation's log ends, so that entries can't be taken from its end unnoticed. */
export interface AuditHead {
  /** The organisation's id. */
  readonly _id: string;
  readonly sequence: number;
  readonly hash: string;
}

const entrySchema = new Schema<AuditEntry>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    sequence: { type: Number, required: true },
    at: { type: Date, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    action: { type: String, required: true },
    changes: { type: [Schema.Types.Mixed], required: true },
    previousHash: { type: String, default: '' },
    hash: { type: String, required: true },
  },
  { collection: 'auditLog', versionKey: false, minimize: false },
);
entrySchema.index({ organisationId: 1, sequence: 1 }, { unique: true });

const headSchema = new Schema<AuditHead>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'auditHeads', versionKey: false },
);

export const auditEntryModel = (connection: Connection): Model<AuditEntry> =>
  connection.model<AuditEntry>('AuditEntry', entrySchema);

export const auditHeadModel = (connection: Connection): Model<AuditHead> =>
  connection.model<AuditHead>('AuditHead', headSchema);
