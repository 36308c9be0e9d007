import type { Model } from 'mongoose';
import { randomNonce, randomPKCECodeVerifier } from 'openid-client';
import { hashOf, newSecretToken } from '../sessions/secret-token.ts';
import type { AuthorizationResponse, HandOver, SignInTransaction } from './sign-in-model.ts';

export const SIGN_IN_SECONDS = 600;
const HAND_OVER_SECONDS = 60;

export type NewSignIn = Pick<SignInTransaction, 'organisationId' | 'issuerHash' | 'returnTo' | 'tester'>;

/** Sign-ins on their way. Each step can be taken once, whoever tries at the same time. */
export interface SignInStore {
  /** Stores a new sign-in; the browser keeps `browserToken` in its cookie. */
  begin(wanted: NewSignIn): Promise<{ transaction: SignInTransaction; browserToken: string }>;
  /** Takes the sign-in of a `state` out of the store; null when there is none, or it is too old, or was taken before. */
  take(state: string): Promise<SignInTransaction | null>;
  /** Keeps the answer for the organisation's home, and gives the code to fetch it with. */
  handOver(transaction: SignInTransaction, response: AuthorizationResponse): Promise<string>;
  /** Fetches it, once, at the right home, in the right browser, within a minute; else null and nothing is used up. */
  collect(code: string, wanted: { organisationId: string; browserToken: string }): Promise<HandOver | null>;
}

export function createSignInStore(
  transactions: Model<SignInTransaction>,
  handOvers: Model<HandOver>,
  clock: () => Date,
): SignInStore {
  const inSeconds = (seconds: number) => new Date(clock().getTime() + seconds * 1000);
  // MongoDB removes what is too old about once a minute, so the age is asked for as well.
  const notExpired = () => ({ expiresAt: { $gt: clock() } });
  return {
    begin: async (wanted) => {
      const browserToken = newSecretToken();
      const transaction: SignInTransaction = {
        ...wanted,
        _id: newSecretToken(),
        nonce: randomNonce(),
        codeVerifier: randomPKCECodeVerifier(),
        browserHash: hashOf(browserToken),
        expiresAt: inSeconds(SIGN_IN_SECONDS),
      };
      await transactions.create(transaction);
      return { transaction, browserToken };
    },
    take: (state) => transactions.findOneAndDelete({ _id: state, ...notExpired() }).lean(),
    handOver: async (transaction, response) => {
      const code = newSecretToken();
      const { organisationId, browserHash } = transaction;
      const expiresAt = inSeconds(HAND_OVER_SECONDS);
      await handOvers.create({ _id: hashOf(code), organisationId, browserHash, transaction, response, expiresAt });
      return code;
    },
    collect: (code, { organisationId, browserToken }) =>
      handOvers
        .findOneAndDelete({ _id: hashOf(code), organisationId, browserHash: hashOf(browserToken), ...notExpired() })
        .lean(),
  };
}
