import type { LearnerDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import type { IDToken } from 'openid-client';
import type { Microsoft } from '../microsoft/microsoft.ts';
import { MicrosoftError } from '../microsoft/microsoft-error.ts';
import { failingClaimsCheck } from './check-claims.ts';
import { refusalOf } from './refusals.ts';
import type { HandOver } from './sign-in-model.ts';
import { type Account, SignInRefusal } from './sign-in-refusal.ts';

export interface CompleteSignInDeps {
  readonly microsoft: Microsoft;
  readonly clientId: string;
  readonly learners: Model<LearnerDocument>;
}

export interface CompletedSignIn {
  readonly learner: LearnerDocument;
  readonly claims: IDToken;
}

/**
 * Turns Microsoft's answer into the learner who signed in, step by step; the first step that fails ends it.
 * @throws SignInRefusal
 */
export async function completeSignIn(
  deps: CompleteSignInDeps,
  organisation: Organisation,
  handOver: HandOver,
): Promise<CompletedSignIn> {
  const tenantId = tenantOf(organisation);
  const response = successOf(handOver);
  const claims = await redeem(deps, tenantId, response, handOver);
  checkClaims(deps, tenantId, claims, handOver);
  const learner = await findLearner(deps, organisation.id, claims);
  return { learner: activeOnly(learner, claims), claims };
}

/** @throws SignInRefusal for an organisation whose people don't sign in with Microsoft. */
export function tenantOf({ singleSignOn, microsoft }: Organisation): string {
  if (!singleSignOn.enabled || !microsoft) throw new SignInRefusal('switched-off');
  return microsoft.tenantId;
}

/** @throws SignInRefusal for a failure of Microsoft's side. */
export function refuse(error: unknown): never {
  if (!(error instanceof MicrosoftError)) throw error;
  const { code, aadsts, cause } = error;
  const reason = aadsts === undefined ? undefined : `AADSTS${aadsts}`;
  if (code === 'refused') throw new SignInRefusal(refusalOf({ aadsts }), { reason, cause });
  throw new SignInRefusal(code === 'unreachable' ? 'microsoft-unreachable' : 'token-refused', { cause });
}

function successOf({ response }: HandOver) {
  if (response.kind === 'code') return response;
  const reason = response.aadsts === null ? response.error : `AADSTS${response.aadsts}`;
  throw new SignInRefusal(refusalOf(response), { reason });
}

function redeem(
  { microsoft }: CompleteSignInDeps,
  tenantId: string,
  { code, iss }: ReturnType<typeof successOf>,
  { transaction: { _id: state, nonce, codeVerifier } }: HandOver,
): Promise<IDToken> {
  const response = { code, ...(iss === null ? {} : { iss }) };
  return microsoft.redeem(tenantId, response, { state, nonce, codeVerifier }).catch(refuse);
}

function checkClaims(
  { microsoft, clientId }: CompleteSignInDeps,
  tenantId: string,
  claims: IDToken,
  { transaction }: HandOver,
): void {
  const expected = { begunWith: transaction.issuer, issuer: microsoft.issuerOf(tenantId), tenantId, clientId };
  const reason = failingClaimsCheck(claims, expected);
  if (reason !== undefined) throw new SignInRefusal('token-refused', { reason });
}

/** By the tenant's object id alone: addresses and names can be changed, by whoever owns another tenant too. */
async function findLearner(
  { learners }: CompleteSignInDeps,
  organisationId: string,
  claims: IDToken,
): Promise<LearnerDocument> {
  const { oid: personId } = claims;
  const learner = await learners.findOne({ organisationId, 'sources.microsoft.personId': personId }).lean();
  if (!learner) throw new SignInRefusal('not-a-learner', { account: accountOf(claims) });
  return learner;
}

function activeOnly(learner: LearnerDocument, claims: IDToken): LearnerDocument {
  if (!learner.active) throw new SignInRefusal('inactive', { account: accountOf(claims) });
  return learner;
}

function accountOf({ name, preferred_username: username }: IDToken): Account {
  const text = (claim: unknown) => (typeof claim === 'string' ? claim : undefined);
  return { name: text(name), username: text(username) };
}
