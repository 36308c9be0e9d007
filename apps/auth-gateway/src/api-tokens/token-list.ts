import type { LearnerDocument } from '@learnamp/learners';
import type { ApiTokenDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { namesOf, SOMEBODY_GONE } from '../home/names-of.ts';
import type { ListOrder } from '../paging/cursor.ts';
import { Next, type PageQuery, readPage } from '../paging/read-page.ts';
import { type Scope, scopeNames } from './scopes.ts';

export const ScopeName = Type.Enum(scopeNames);

const Moment = Type.String({ format: 'date-time' });

/** A token as administrators are shown it: all but what is sent. */
export const TokenView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(ScopeName),
  madeBy: Type.String(),
  createdAt: Moment,
  expiresAt: Moment,
  /** Within a minute; null for one that was never used. */
  lastUsedAt: Type.Union([Moment, Type.Null()]),
});
export type TokenView = Static<typeof TokenView>;

export const TokenList = Type.Object({ tokens: Type.Array(TokenView), next: Next });
export type TokenList = Static<typeof TokenList>;

export interface ListTokensDeps {
  readonly apiTokens: Model<ApiTokenDocument<Scope>>;
  readonly learners: Model<LearnerDocument>;
}

const newestFirst: ListOrder = {
  name: 'tokens',
  keys: [
    { path: 'createdAt', direction: -1, type: 'date' },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

/** The tokens of an organisation that nobody has revoked, the newest first. */
export async function listTokens(deps: ListTokensDeps, organisationId: string, page: PageQuery): Promise<TokenList> {
  const { items, next } = await readPage(deps.apiTokens, { organisationId }, newestFirst, page);
  const makers = items.map(({ learnerId }) => learnerId);
  const names = await namesOf(deps.learners, organisationId, makers);
  return { tokens: items.map((token) => tokenView(token, names.get(token.learnerId))), next };
}

export function tokenView(token: ApiTokenDocument<Scope>, madeBy = SOMEBODY_GONE): TokenView {
  const { _id: id, name, scopes, createdAt, expiresAt, lastUsedAt } = token;
  return {
    ...{ id, name, scopes: [...scopes], madeBy },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
