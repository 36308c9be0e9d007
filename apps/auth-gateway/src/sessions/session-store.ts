import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';
import {
  isSame,
  newRefreshToken,
  newSalt,
  readRefreshToken,
  type RefreshToken,
  successorOf,
  textOf,
} from './refresh-token.ts';
import { hashOf } from './secret-token.ts';
import type { SessionDocument } from './session-model.ts';

/** How long a session lives, however busy it is. */
export const SESSION_HOURS = 12;

/** How long a token that was replaced still leads to its successor: other tabs, and answers that got lost. */
export const OVERLAP_SECONDS = 30;

export type NewSession = Pick<
  SessionDocument,
  'organisationId' | 'learnerId' | 'sessionVersion' | 'microsoft' | 'browser'
>;

/** What a refresh token is worth: the session and the next token, or nothing. `reused`: it was replaced long ago. */
export type Refreshed =
  | { readonly kind: 'refreshed'; readonly session: SessionDocument; readonly refreshToken: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'reused'; readonly session: SessionDocument };

export interface SessionStore {
  /** A session with an id and a refresh token that nobody chose from outside. */
  begin(session: NewSession): Promise<{ session: SessionDocument; refreshToken: string }>;
  find(id: string): Promise<SessionDocument | null>;
  /**
   * Takes a refresh token of the organisation and gives the next one (RFC 9700 section 4.14.2). A token that was replaced more than half a
   * minute ago is in two hands: the session ends, because nobody can tell whose is the right one.
   */
  refresh(token: string, organisationId: string): Promise<Refreshed>;
  end(id: string): Promise<void>;
  /** The learner's sessions that go on, the newest first. */
  openOf(learnerId: string): Promise<SessionDocument[]>;
  /** Ends the learner's session of that id, or all of them; says how many. */
  endOf(learnerId: string, id?: string): Promise<number>;
  /** Ends the sessions that belong to one of Microsoft's, of that issuer where it is named; says how many. */
  endByMicrosoftSid(sid: string, issuer?: string): Promise<number>;
}

export function createSessionStore(model: Model<SessionDocument>, clock: () => Date): SessionStore {
  const endWhere = async (which: Readonly<Record<string, string>>) => {
    const update = { $set: { revokedAt: clock() } };
    return (await model.updateMany({ ...which, revokedAt: null }, update)).modifiedCount;
  };
  const end = async (id: string) => {
    await endWhere({ _id: id });
  };
  return {
    begin: async (wanted) => {
      const session = newSession(wanted, clock());
      const token = newRefreshToken(session._id);
      await model.create({ ...session, refreshHash: hashOf(token.secret) });
      return { session, refreshToken: textOf(token) };
    },
    find: (id) => model.findById(id).lean(),
    refresh: async (text, organisationId) => {
      const token = readRefreshToken(text);
      const refreshed = token ? await refresh(model, token, organisationId, clock()) : ({ kind: 'unknown' } as const);
      if (refreshed.kind === 'reused') await end(refreshed.session._id);
      return refreshed;
    },
    end,
    openOf: (learnerId) =>
      model
        .find({ learnerId, revokedAt: null, expiresAt: { $gt: clock() } })
        .sort({ createdAt: -1 })
        .lean(),
    endOf: (learnerId, id) => endWhere({ learnerId, ...(id === undefined ? {} : { _id: id }) }),
    endByMicrosoftSid: (sid, issuer) =>
      endWhere({ 'microsoft.sid': sid, ...(issuer === undefined ? {} : { 'microsoft.issuerHash': hashOf(issuer) }) }),
  };
}

const newSession = (wanted: NewSession, createdAt: Date): SessionDocument => ({
  ...wanted,
  _id: randomUUID(),
  refreshHash: '',
  formerHashes: [],
  overlap: null,
  createdAt,
  expiresAt: new Date(createdAt.getTime() + SESSION_HOURS * 3_600_000),
  revokedAt: null,
});

async function refresh(
  model: Model<SessionDocument>,
  token: RefreshToken,
  organisationId: string,
  now: Date,
): Promise<Refreshed> {
  const session = await model.findOne({ _id: token.sessionId, organisationId }).lean();
  if (!session) return { kind: 'unknown' };
  const hash = hashOf(token.secret);
  if (isSame(session.refreshHash, hash)) {
    const refreshToken = await replace(model, token, now);
    // Undefined where another tab was faster: then this token is the one that has just been replaced.
    if (refreshToken === undefined) return refresh(model, token, organisationId, now);
    return { kind: 'refreshed', session, refreshToken };
  }
  const { formerHashes, overlap } = session;
  if (!formerHashes.some((former) => isSame(former, hash))) return { kind: 'unknown' };
  const isLast = isSame(formerHashes.at(-1) ?? '', hash);
  if (!isLast || !overlap || overlap.until <= now) return { kind: 'reused', session };
  return { kind: 'refreshed', session, refreshToken: textOf(successorOf(token, overlap.salt)) };
}

async function replace(model: Model<SessionDocument>, token: RefreshToken, now: Date): Promise<string | undefined> {
  const salt = newSalt();
  const next = successorOf(token, salt);
  const hash = hashOf(token.secret);
  const overlap = { salt, until: new Date(now.getTime() + OVERLAP_SECONDS * 1000) };
  const update = { $set: { refreshHash: hashOf(next.secret), overlap }, $push: { formerHashes: hash } };
  const { modifiedCount } = await model.updateOne({ _id: token.sessionId, refreshHash: hash }, update);
  return modifiedCount === 1 ? textOf(next) : undefined;
}
