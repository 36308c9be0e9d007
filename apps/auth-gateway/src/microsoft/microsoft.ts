import type { CredentialChoice } from '@learnamp/service';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  type IDToken,
} from 'openid-client';
import type { Authorities } from './authorities.ts';
import { exchangeFailure, isAboutCredential, MicrosoftError } from './microsoft-error.ts';

/** The secrets of one sign-in, from its start to its end. */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What came back to the redirect URI: the parameters that belong to a success. */
export interface CodeResponse {
  readonly code: string;
  /** RFC 9207, where the server sends it. */
  readonly iss?: string;
}

/** Microsoft's side of a sign-in, by the organisation's own tenant. Every method rejects with MicrosoftError. */
export interface Microsoft {
  issuerOf(tenantId: string): string;
  authorizationUrl(tenantId: string, secrets: SignInSecrets, options: { chooseAccount: boolean }): Promise<URL>;
  /** Exchanges the code; resolves with the claims of an ID token whose signature, issuer, audience, times and nonce are right. */
  redeem(tenantId: string, response: CodeResponse, secrets: SignInSecrets): Promise<IDToken>;
  /** Where a browser ends Microsoft's own session and comes back with `state`. */
  endSessionUrl(tenantId: string, options: { returnTo: string; state: string; hint: string | null }): Promise<URL>;
}

export interface MicrosoftDeps {
  readonly authorities: Authorities;
  /** Those by which the authorities are asked. */
  readonly credentials: CredentialChoice;
  readonly redirectUri: string;
}

export function createMicrosoft({ authorities, credentials, redirectUri }: MicrosoftDeps): Microsoft {
  const configurationOf = (tenantId: string) =>
    authorities.configurationOf(tenantId).catch((cause: unknown) => {
      throw new MicrosoftError('unreachable', { cause });
    });
  return {
    issuerOf: (tenantId) => authorities.issuerOf(tenantId),
    authorizationUrl: async (tenantId, { state, nonce, codeVerifier }, { chooseAccount }) =>
      buildAuthorizationUrl(await configurationOf(tenantId), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        response_mode: 'query',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(chooseAccount ? { prompt: 'select_account' } : {}),
      }),
    redeem: async (tenantId, response, secrets) => {
      const configuration = await configurationOf(tenantId);
      const checks = {
        pkceCodeVerifier: secrets.codeVerifier,
        expectedState: secrets.state,
        expectedNonce: secrets.nonce,
        idTokenExpected: true,
      };
      const answered = answeredUrl(redirectUri, response, secrets.state);
      const exchange = async (): Promise<Tokens> => {
        const credential = credentials.current();
        try {
          return await authorizationCodeGrant(configuration, answered, checks);
        } catch (error) {
          // Whoever is not authenticated has used up no code (RFC 6749 section 3.2.1).
          if (isAboutCredential(error) && credentials.refused(credential)) return exchange();
          throw exchangeFailure(error);
        }
      };
      return claimsOf(await exchange());
    },
    endSessionUrl: async (tenantId, { returnTo, state, hint }) =>
      buildEndSessionUrl(await configurationOf(tenantId), {
        post_logout_redirect_uri: returnTo,
        state,
        ...(hint === null ? {} : { logout_hint: hint }),
      }),
  };
}

type Tokens = Awaited<ReturnType<typeof authorizationCodeGrant>>;

/** Microsoft's ID tokens have two or three KB; one with as many groups as it ever puts in has ten. */
const LONGEST_TOKEN = 16_384;

/** Microsoft dates tokens five minutes back. */
const OLDEST_SECONDS = 9 * 60;

/** What the library leaves open: a token that came by the connection of its own sign-in is a new one, and not huge. */
function claimsOf(tokens: Tokens): IDToken {
  const claims = tokens.claims();
  const length = tokens.id_token?.length ?? 0;
  // By the system's clock, as the library checks the other times.
  const ageSeconds = Date.now() / 1000 - (claims?.iat ?? 0);
  if (!claims || length > LONGEST_TOKEN || ageSeconds > OLDEST_SECONDS) throw new MicrosoftError('token-refused');
  return claims;
}

/** The library reads the answer from the address it came to, and sends that address as `redirect_uri`. */
function answeredUrl(redirectUri: string, { code, iss }: CodeResponse, state: string): URL {
  const url = new URL(redirectUri);
  url.search = new URLSearchParams({ code, state, ...(iss === undefined ? {} : { iss }) }).toString();
  return url;
}
