import {
  organisationModel,
  type SealedPlace,
  sealingKeyOf,
  sftpSecretPlace,
  sftpSettingsModel,
  tenantPlace,
} from '@learnamp/organisations';
import { subscriptionModel } from '@learnamp/sync-state';
import type { Connection, Model } from 'mongoose';

/** A sealed value as it is stored. */
export interface SealedValue {
  readonly collection: string;
  /** By which key; undefined where it is not one of ours. */
  readonly keyId: string | undefined;
  readonly sealed: string;
  readonly place: SealedPlace;
  /** Puts another one in its place; false where somebody has changed it since it was read, and that stays. */
  replace(sealed: string): Promise<boolean>;
}

interface Kind {
  readonly model: (connection: Connection) => Model<object>;
  /** Where in a document it is. */
  readonly field: string;
  /** Whose document it is. */
  readonly owner: string;
  readonly place: (organisationId: string) => SealedPlace;
}

const tenant = { place: tenantPlace };
const kinds: readonly Kind[] = [
  { ...tenant, model: (on) => organisationModel(on) as never, field: 'microsoft.tenantSealed', owner: '_id' },
  { ...tenant, model: (on) => subscriptionModel(on) as never, field: 'tenantSealed', owner: 'organisationId' },
  { model: (on) => sftpSettingsModel(on) as never, field: 'secretSealed', owner: '_id', place: sftpSecretPlace },
];

/** Every sealed value that lasts. */
export async function* sealedValues(connection: Connection): AsyncGenerator<SealedValue> {
  for (const { model, field, owner, place } of kinds) {
    const collection = model(connection).collection;
    for await (const document of collection.find({ [field]: { $type: 'string' } })) {
      const sealed = textAt(document, field);
      yield {
        ...{
          collection: collection.collectionName,
          sealed,
          keyId: sealingKeyOf(sealed),
          place: place(textAt(document, owner)),
        },
        replace: async (next) => {
          const replaced = await collection.updateOne(
            { _id: document._id, [field]: sealed },
            { $set: { [field]: next } },
          );
          return replaced.modifiedCount > 0;
        },
      };
    }
  }
}

/** Of somebody who is connecting a tenant right now: they end by themselves. */
export async function passingKeyIds(connection: Connection): Promise<string[]> {
  const claims = connection.collection('tenantClaims').find({ expiresAt: { $gt: new Date() } });
  const ids: string[] = [];
  for await (const claim of claims) {
    for (const field of ['tenantSealed', 'answerSealed']) ids.push(sealingKeyOf(textAt(claim, field)) ?? '');
  }
  return ids.filter((id) => id !== '');
}

function textAt(document: object, path: string): string {
  const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], document);
  return typeof value === 'string' ? value : '';
}
