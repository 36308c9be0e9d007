import type { LearnerDocument } from '@learnamp/learners';
import { type Organisation, signsInWithMicrosoft } from '@learnamp/organisations';
import type { IDToken } from 'openid-client';
import type { Microsoft } from '../microsoft/microsoft.ts';
import { MicrosoftError } from '../microsoft/microsoft-error.ts';
import { hashOf } from '../sessions/secret-token.ts';
import { failingClaimsCheck } from './check-claims.ts';
import type { SignInCheck } from './checks.ts';
import { findLearner, type FindLearnerDeps } from './find-learner.ts';
import { isGuestByClaims, isGuestByDirectory } from './guests.ts';
import { refusalOf } from './refusals.ts';
import type { HandOver } from './sign-in-model.ts';
import { type Account, SignInRefusal } from './sign-in-refusal.ts';

export interface CompleteSignInDeps extends FindLearnerDeps {
  readonly microsoft: Microsoft;
  readonly clientId: string;
}

/** What the library is told where an answer named somebody else as its issuer. */
const ANOTHER_ISSUER = 'urn:another-issuer';

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
  const learner = await learnerOf(deps, organisation, claims);
  return { learner: activeOnly(learner, claims), claims };
}

/** @throws SignInRefusal for an organisation whose people don't sign in with Microsoft. */
export function tenantOf(organisation: Organisation): string {
  const { microsoft } = organisation;
  if (!microsoft || !signsInWithMicrosoft(organisation)) throw new SignInRefusal('switched-off', 'switchedOn');
  return microsoft.tenantId;
}

/** What a failure of Microsoft's side comes to, where it came in place of what `check` wants. */
export const refuse =
  (check: SignInCheck) =>
  (error: unknown): never => {
    if (!(error instanceof MicrosoftError)) throw error;
    const { code, aadsts, cause } = error;
    const reason = aadsts === undefined ? undefined : `AADSTS${aadsts}`;
    if (code === 'refused') throw new SignInRefusal(refusalOf({ aadsts }), check, { reason, cause });
    if (code === 'token-refused') throw new SignInRefusal(code, 'tokenValid', { cause });
    throw new SignInRefusal('microsoft-unreachable', check, { cause });
  };

function successOf({ response }: HandOver) {
  if (response.kind === 'code') return response;
  const reason = response.aadsts === null ? response.error : `AADSTS${response.aadsts}`;
  throw new SignInRefusal(refusalOf(response), 'microsoftAgreed', { reason });
}

function redeem(
  { microsoft }: CompleteSignInDeps,
  tenantId: string,
  { code, issuerHash }: ReturnType<typeof successOf>,
  { transaction: { _id: state, nonce, codeVerifier } }: HandOver,
): Promise<IDToken> {
  const expected = microsoft.issuerOf(tenantId);
  const iss = issuerHash === hashOf(expected) ? expected : ANOTHER_ISSUER;
  const response = { code, ...(issuerHash === null ? {} : { iss }) };
  return microsoft.redeem(tenantId, response, { state, nonce, codeVerifier }).catch(refuse('codeRedeemed'));
}

function checkClaims(
  { microsoft, clientId }: CompleteSignInDeps,
  tenantId: string,
  claims: IDToken,
  { transaction }: HandOver,
): void {
  const expected = { begunWith: transaction.issuerHash, issuer: microsoft.issuerOf(tenantId), tenantId, clientId };
  const failing = failingClaimsCheck(claims, expected);
  if (failing !== undefined) throw new SignInRefusal('token-refused', failing);
}

async function learnerOf(
  deps: CompleteSignInDeps,
  { id, singleSignOn }: Organisation,
  claims: IDToken,
): Promise<LearnerDocument> {
  const learner = await findLearner(deps, id, claims);
  const isGuest = isGuestByClaims(claims) || (learner !== null && isGuestByDirectory(learner));
  if (isGuest && !singleSignOn.guests)
    throw new SignInRefusal('guest', 'guestsAreLetIn', { account: accountOf(claims) });
  if (!learner) throw new SignInRefusal('not-a-learner', 'personIsLearner', { account: accountOf(claims) });
  return learner;
}

function activeOnly(learner: LearnerDocument, claims: IDToken): LearnerDocument {
  if (!learner.active) throw new SignInRefusal('inactive', 'learnerIsActive', { account: accountOf(claims) });
  return learner;
}

export function accountOf({ name, preferred_username: username }: IDToken): Account {
  const text = (claim: unknown) => (typeof claim === 'string' ? claim : undefined);
  return { name: text(name), username: text(username) };
}
