import { createHash, randomBytes } from 'node:crypto';

/** The secret of a link, which is in its mail alone, and the hash that is kept of it; both base64url. */
export function newLinkToken(): { readonly token: string; readonly tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: createHash('sha256').update(token).digest('base64url') };
}
