import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a link. Only its hash is stored. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Whether it looks like one of ours at all. */
export const isSecretToken = (text: unknown): text is string => typeof text === 'string' && /^[\w-]{43}$/.test(text);
