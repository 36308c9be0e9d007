import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { newSecretToken } from './secret-token.ts';

/**
 * A refresh token: the session that it is of, and a secret. The session is named so that a secret that was replaced long
 * ago is still known for one of that session.
 */
export interface RefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

export const newRefreshToken = (sessionId: string): RefreshToken => ({ sessionId, secret: newSecretToken() });

export const textOf = ({ sessionId, secret }: RefreshToken): string => `${sessionId}.${secret}`;

/** Undefined for what can't be one of ours. */
export function readRefreshToken(text: string | undefined): RefreshToken | undefined {
  const [, sessionId, secret] = /^([\w-]{36})\.([\w-]{43})$/.exec(text ?? '') ?? [];
  return sessionId === undefined || secret === undefined ? undefined : { sessionId, secret };
}

export const newSalt = (): string => randomBytes(16).toString('base64url');

/**
 * What follows a token. Whoever has the token and the salt gets the same one each time, so that two tabs with the same
 * token go on with the same next one; the database has the salt and a hash, and from these nobody gets it.
 */
export const successorOf = ({ sessionId, secret }: RefreshToken, salt: string): RefreshToken => ({
  sessionId,
  secret: createHmac('sha256', secret).update(salt).digest('base64url'),
});

/** Compares hashes in constant time. */
export function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
