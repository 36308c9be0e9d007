import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import { hashOf, newSecretToken } from './secret-token.ts';
import type { SessionDocument } from './session-model.ts';

/** How long a session lives, however busy it is. */
export const SESSION_HOURS = 12;

export type NewSession = Pick<SessionDocument, 'organisationId' | 'learnerId' | 'sessionVersion' | 'microsoft'>;

export interface SessionStore {
  /** A session with an id and a refresh token that nobody chose from outside. */
  begin(session: NewSession): Promise<{ session: SessionDocument; refreshToken: string }>;
  find(id: string): Promise<SessionDocument | null>;
  findByRefreshToken(token: string): Promise<SessionDocument | null>;
  end(id: string): Promise<void>;
  /** Ends the sessions that belong to one of Microsoft's; says how many. */
  endByMicrosoftSid(sid: string): Promise<number>;
}

export function createSessionStore(model: Model<SessionDocument>, clock: () => Date): SessionStore {
  return {
    begin: async (wanted) => {
      const refreshToken = newSecretToken();
      const createdAt = clock();
      const session: SessionDocument = {
        ...wanted,
        _id: randomUUID(),
        refreshHash: hashOf(refreshToken),
        createdAt,
        expiresAt: new Date(createdAt.getTime() + SESSION_HOURS * 3_600_000),
        revokedAt: null,
      };
      await model.create(session);
      return { session, refreshToken };
    },
    find: (id) => model.findById(id).lean(),
    findByRefreshToken: (token) => model.findOne({ refreshHash: hashOf(token) }).lean(),
    end: async (id) => {
      await model.updateOne({ _id: id, revokedAt: null }, { $set: { revokedAt: clock() } });
    },
    endByMicrosoftSid: async (sid) => {
      const update = { $set: { revokedAt: clock() } };
      return (await model.updateMany({ 'microsoft.sid': sid, revokedAt: null }, update)).modifiedCount;
    },
  };
}
