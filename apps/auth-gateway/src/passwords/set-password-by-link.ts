import type { PasswordDocument } from '@learnamp/organisations';
import type { Connection, Model } from 'mongoose';
import { mongo } from 'mongoose';
import type { Redemption } from '../invitations/redemption-model.ts';
import { hashPassword } from './password-hash.ts';

export interface SetPasswordDeps {
  readonly connection: Connection;
  readonly passwords: Model<PasswordDocument>;
  readonly redemptions: Model<Redemption>;
  readonly clock: () => Date;
}

/** For whom, and by the link of which token. */
export interface NewPassword {
  readonly organisationId: string;
  readonly learnerId: string;
  readonly tokenHash: string;
  readonly password: string;
}

/**
 * Sets the password that a link lets somebody set, and uses the link up: both or neither. False when somebody has used it
 * meanwhile; then nothing has changed.
 */
export async function setPasswordByLink(deps: SetPasswordDeps, wanted: NewPassword): Promise<boolean> {
  const { organisationId, learnerId, tokenHash } = wanted;
  const hash = await hashPassword(wanted.password);
  const at = deps.clock();
  try {
    await deps.connection.transaction(async (session) => {
      await deps.redemptions.create([{ _id: tokenHash, organisationId, learnerId, how: 'password', at }], { session });
      const update = { $set: { organisationId, hash, setAt: at } };
      await deps.passwords.updateOne({ _id: learnerId }, update, { session, upsert: true });
    });
    return true;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11_000) return false;
    throw error;
  }
}
