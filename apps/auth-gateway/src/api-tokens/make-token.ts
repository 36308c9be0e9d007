import { randomUUID } from 'node:crypto';
import type { LearnerDocument } from '@learnamp/learners';
import { type ApiTokenDocument, apiTokenModel, appendAudit } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import { hashOf } from '../sessions/secret-token.ts';
import type { Scope } from './scopes.ts';
import { newTokenText } from './token-text.ts';

export interface WantedToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** How long it lives. */
  readonly days: number;
}

const DAY_MS = 86_400_000;

/** Makes a token and says so in the audit log: both or neither. `text` is the token itself, which nobody can have again. */
export async function makeToken(
  connection: Connection,
  { _id: learnerId, organisationId, sessionVersion }: LearnerDocument,
  { name, scopes, days }: WantedToken,
  at: Date,
): Promise<{ readonly token: ApiTokenDocument<Scope>; readonly text: string }> {
  const text = newTokenText();
  const expiresAt = new Date(at.getTime() + days * DAY_MS);
  const token: ApiTokenDocument<Scope> = {
    ...{ _id: randomUUID(), organisationId, hash: hashOf(text), name, scopes: [...new Set(scopes)].sort() },
    ...{ learnerId, sessionVersion, createdAt: at, expiresAt, lastUsedAt: null },
  };
  const actor = { kind: 'learner', id: learnerId } as const;
  const changes = [{ path: `API token ${name}`, old: null, new: termsOf(token) }];
  await connection.transaction(async (session) => {
    await apiTokenModel<Scope>(connection).create([token], { session });
    await appendAudit(connection, { organisationId, at, actor, action: 'API token made', changes }, session);
  });
  return { token, text };
}

/** Ends a token at once, and says so in the audit log. False where the organisation has no such token. */
export async function revokeToken(
  connection: Connection,
  { organisationId, tokenId }: { readonly organisationId: string; readonly tokenId: string },
  { learnerId, at }: { readonly learnerId: string; readonly at: Date },
): Promise<boolean> {
  return connection.transaction(async (session) => {
    const token = await apiTokenModel(connection)
      .findOneAndDelete({ _id: tokenId, organisationId }, { session })
      .lean<ApiTokenDocument | null>();
    if (!token) return false;
    const actor = { kind: 'learner', id: learnerId } as const;
    const changes = [{ path: `API token ${token.name}`, old: termsOf(token), new: null }];
    await appendAudit(connection, { organisationId, at, actor, action: 'API token revoked', changes }, session);
    return true;
  });
}

const termsOf = ({ scopes, expiresAt }: ApiTokenDocument) => ({
  scopes: [...scopes],
  until: expiresAt.toISOString(),
});
