import type { Organisation } from '@learnamp/organisations';
import type { FastifyReply } from 'fastify';
import type { Microsoft } from '../microsoft/microsoft.ts';
import { setCookie } from '../sessions/cookies.ts';
import { hashOf } from '../sessions/secret-token.ts';
import { refuse, tenantOf } from './complete-sign-in.ts';
import { type NewSignIn, SIGN_IN_SECONDS, type SignInStore } from './sign-in-store.ts';

export interface BeginSignInDeps {
  readonly microsoft: Microsoft;
  readonly signIns: SignInStore;
}

export interface WantedSignIn extends Pick<NewSignIn, 'returnTo' | 'tester'> {
  /** Has Microsoft ask for the account, though somebody may be signed in there. */
  readonly chooseAccount: boolean;
}

/**
 * Begins a sign-in in this browser, and gives Microsoft's address to go on to.
 * @throws SignInRefusal
 */
export async function beginSignIn(
  { microsoft, signIns }: BeginSignInDeps,
  organisation: Organisation,
  { chooseAccount, ...wanted }: WantedSignIn,
  reply: FastifyReply,
): Promise<string> {
  const tenantId = tenantOf(organisation);
  const issuerHash = hashOf(microsoft.issuerOf(tenantId));
  const begun = await signIns.begin({ ...wanted, organisationId: organisation.id, issuerHash });
  const { transaction, browserToken } = begun;
  const secrets = { ...transaction, state: transaction._id };
  const url = await microsoft.authorizationUrl(tenantId, secrets, { chooseAccount }).catch(refuse('microsoftReached'));
  setCookie(reply, 'signIn', browserToken, SIGN_IN_SECONDS);
  return url.href;
}
