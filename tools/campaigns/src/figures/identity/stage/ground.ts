import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { parseKeyRing } from '@learnamp/contracts';
import { connectMongo } from '@learnamp/mongo';
import { createOrganisations, createSealBox, organisationModel, type Organisations } from '@learnamp/organisations';
import { type FakeOp, startFakeOp, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';

/** What all stages of this process share: a database, an OpenID provider, and keys. */
export interface Ground {
  readonly op: FakeOp;
  readonly uri: string;
  readonly connection: Connection;
  readonly organisations: Organisations;
  readonly keys: { readonly signing: string; readonly sealing: string; readonly blindIndex: string };
}

let ground: Promise<Ground> | undefined;

export const theGround = (): Promise<Ground> => (ground ??= makeGround());

const ring = () => `k1:${randomBytes(32).toString('base64url')}`;

export async function makeGround(): Promise<Ground> {
  const [mongo, op] = await Promise.all([startMongo(), startFakeOp()]);
  const uri = mongo.uri();
  const connection = await connectMongo({ uri, appName: 'figures' });
  const keys = { signing: aSigningKey(), sealing: ring(), blindIndex: ring() };
  const seals = createSealBox(parseKeyRing(keys.sealing), parseKeyRing(keys.blindIndex).current.key);
  return { op, uri, connection, keys, organisations: createOrganisations(organisationModel(connection), seals) };
}

/** A key for session tokens, in PEM. */
export function aSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
