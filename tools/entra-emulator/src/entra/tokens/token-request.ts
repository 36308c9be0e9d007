import type { Authority } from '../tenants/authority.ts';
import type { Parameters } from '../request/parameters.ts';
import type { AuthenticatedClient } from './client-authentication.ts';

/** A token request whose client is authenticated. */
export interface TokenRequest {
  readonly authority: Authority;
  readonly client: AuthenticatedClient;
  readonly body: Parameters;
}

/** The body of a token answer (RFC 6749, 5.1). */
export interface TokenResponse {
  readonly token_type: 'Bearer';
  readonly scope?: string;
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly client_info?: string;
}

/** Answers the requests of one `grant_type`. @throws EntraError when it refuses. */
export type Grant = (request: TokenRequest) => Promise<TokenResponse>;
