import { createHash } from 'node:crypto';
import { type Connection, type Model, Schema } from 'mongoose';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditActor, AuditChange } from '../audit/audit-model.ts';
import type { SealBox } from '../sealing/seal-box.ts';
import { SettingsError } from '../settings/provisioning-settings.ts';
import { differences } from '../settings/setting-paths.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** Where an organisation drops lists of people. */
export const SftpPlace = Type.Object(
  {
    host: Type.String({ minLength: 1, maxLength: 253, pattern: '^[A-Za-z0-9.:_-]+$' }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    username: text(128),
    /** The only host key that is believed, as `ssh-keygen -l` writes it. */
    hostKey: Type.String({ pattern: '^SHA256:[A-Za-z0-9+/]{43}$' }),
    /** An absolute path. */
    folder: Type.String({ minLength: 1, maxLength: 1024, pattern: '^/' }),
  },
  { additionalProperties: false },
);
export type SftpPlace = Static<typeof SftpPlace>;

/** What it is entered with. */
export interface SftpSecret {
  readonly kind: 'private-key' | 'password';
  readonly secret: string;
}

export interface SftpSettingsDocument extends SftpPlace {
  /** The organisation's id. */
  readonly _id: string;
  readonly secretKind: SftpSecret['kind'];
  readonly secretSealed: string;
}

const string = { type: String, required: true } as const;
const schema = new Schema<SftpSettingsDocument>(
  {
    ...{ _id: string, host: string, port: { type: Number, required: true }, username: string },
    ...{ hostKey: string, folder: string, secretKind: string, secretSealed: string },
  },
  { collection: 'sftpSettings', versionKey: false },
);

export const sftpSettingsModel = (connection: Connection): Model<SftpSettingsDocument> =>
  connection.model<SftpSettingsDocument>('SftpSettings', schema);

/** Where the secret of a place is sealed for. */
export const sftpSecretPlace = (organisationId: string) => ({ organisationId, field: 'sftp.secret' });

export const openSftpSecret = async (
  seals: SealBox,
  { _id, secretKind: kind, secretSealed }: SftpSettingsDocument,
): Promise<SftpSecret> => ({ kind, secret: await seals.open(secretSealed, sftpSecretPlace(_id)) });

export interface SftpChange {
  readonly actor: AuditActor;
  readonly at: Date;
}

/** Says where lists are dropped, and with what secret the place is entered. @throws SettingsError */
export async function setSftp(
  connection: Connection,
  seals: Pick<SealBox, 'seal'>,
  organisationId: string,
  wanted: { readonly place: SftpPlace; readonly secret: SftpSecret },
  by: SftpChange,
): Promise<readonly AuditChange[]> {
  const problems = [...Value.Errors(SftpPlace, wanted.place)].map(
    ({ instancePath, message }) => `${instancePath.slice(1) || 'they'} ${message}`,
  );
  if (problems.length > 0) throw new SettingsError(problems);
  const { kind, secret } = wanted.secret;
  const secretSealed = await seals.seal(secret, sftpSecretPlace(organisationId));
  return store(connection, { _id: organisationId, ...wanted.place, secretKind: kind, secretSealed }, by);
}

/** Ends it: nothing is fetched any more, and the secret is forgotten. */
export const endSftp = (
  connection: Connection,
  organisationId: string,
  by: SftpChange,
): Promise<readonly AuditChange[]> => store(connection, { _id: organisationId }, by);

async function store(
  connection: Connection,
  document: SftpSettingsDocument | { readonly _id: string },
  { actor, at }: SftpChange,
): Promise<readonly AuditChange[]> {
  const model = sftpSettingsModel(connection);
  const { _id: organisationId } = document;
  return connection.transaction(async (session) => {
    const before = await model.findById(organisationId, null, { session }).lean();
    const changes = differences({ sftp: told(before) }, { sftp: told(document) });
    if ('host' in document) await model.replaceOne({ _id: organisationId }, document, { session, upsert: true });
    else await model.deleteOne({ _id: organisationId }, { session });
    if (changes.length > 0) {
      await appendAudit(connection, { organisationId, at, actor, action: 'settings changed', changes }, session);
    }
    return changes;
  });
}

/** What the audit log is told; of a secret only whether it is another one, which a digest of the sealed text says. */
function told(document: Partial<SftpSettingsDocument> | null): object {
  if (document?.secretSealed === undefined) return {};
  const { host, port, username, hostKey, folder, secretKind, secretSealed } = document;
  const digest = createHash('sha256').update(secretSealed).digest('hex').slice(0, 8);
  return { host, port, username, hostKey, folder, secretKind, secret: `sealed ${digest}` };
}
