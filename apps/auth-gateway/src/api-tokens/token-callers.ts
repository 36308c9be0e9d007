import type { LearnerDocument } from '@learnamp/learners';
import type { ApiTokenDocument, Roles } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { FastifyRequest } from 'fastify';
import type { Model } from 'mongoose';
import { Problem } from '../problems/problem.ts';
import { readCookie } from '../sessions/cookies.ts';
import { hashOf } from '../sessions/secret-token.ts';
import { type Actor, mayAdminister } from '../sessions/visitors.ts';
import { bearerOf } from './bearer-token.ts';
import type { Scope } from './scopes.ts';
import { isTokenText } from './token-text.ts';

/** Recognises programs by their tokens. */
export interface TokenCallers {
  /**
   * For whom the request acts: whoever made its token, checked against the database each time.
   * @throws Problem 400 where a session comes with it, 401 for a token that is none or has ended, 403 for too little scope.
   */
  recognise(request: FastifyRequest, organisationId: string, scope: Scope): Promise<Actor>;
}

export interface TokenCallersDeps {
  readonly apiTokens: Model<ApiTokenDocument<Scope>>;
  readonly learners: Model<LearnerDocument>;
  readonly roles: Roles;
  readonly logger: Logger;
  readonly clock: () => Date;
}

export function createTokenCallers(deps: TokenCallersDeps): TokenCallers {
  return {
    recognise: async (request, organisationId, scope) => {
      requireOneCaller(request);
      const found = await find(deps, bearerOf(request) ?? '', organisationId);
      if (!found) throw refused();
      const { token, actor } = found;
      if (!token.scopes.includes(scope)) throw tooNarrow(scope);
      await noteUse(deps, token);
      return { ...actor, tokenId: token._id };
    },
  };
}

/** Whose request it is has to be plain. */
function requireOneCaller(request: FastifyRequest): void {
  if (readCookie(request, 'session') === undefined && readCookie(request, 'refresh') === undefined) return;
  throw new Problem(400, 'two-callers', 'Send a token or the cookies of a session, not both.');
}

async function find(
  { apiTokens, learners, roles, logger, clock }: TokenCallersDeps,
  text: string,
  organisationId: string,
) {
  if (!isTokenText(text)) return undefined;
  const token = await apiTokens.findOne({ hash: hashOf(text), organisationId }).lean();
  if (!token) return undefined;
  const learner = await learners.findOne({ _id: token.learnerId, organisationId }).lean();
  const role = await roles.roleOf(organisationId, token.learnerId);
  const isGood = token.expiresAt > clock() && isTheMaker(learner, token) && mayAdminister({ role });
  if (learner && isGood) return { token, actor: { learner, role } };
  logger.info({ tokenId: token._id, organisationId }, 'token refused');
  return undefined;
}

/** Active, and not deactivated in between. */
const isTheMaker = (learner: LearnerDocument | null, { sessionVersion }: ApiTokenDocument) =>
  learner?.active === true && learner.sessionVersion === sessionVersion;

const USE_NOTED_MS = 60_000;

/** A busy program writes once a minute, not at each request. */
async function noteUse({ apiTokens, clock }: TokenCallersDeps, { _id, lastUsedAt }: ApiTokenDocument): Promise<void> {
  const now = clock();
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < USE_NOTED_MS) return;
  await apiTokens.updateOne({ _id }, { $max: { lastUsedAt: now } });
}

// RFC 6750 section 3: what is wrong with the token is said in a header as well.
const refused = () =>
  new Problem(
    401,
    'bad-token',
    'The token is not known here, has run out or was revoked, or its maker may not do this.',
    {
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    },
  );

const tooNarrow = (scope: Scope) =>
  new Problem(403, 'scope-missing', `The token is not made for this: it needs the scope ${scope}.`, {
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  });
