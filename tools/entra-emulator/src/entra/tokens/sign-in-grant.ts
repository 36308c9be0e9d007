import type { Scopes } from '../scopes/scopes.ts';
import type { AccountId } from '../sign-in/login-hint.ts';

/** That a person signed in to an application: what its codes and refresh tokens stand for. */
export interface SignInGrant {
  readonly appId: string;
  /** Where they signed in; a guest is at home elsewhere. */
  readonly tenantId: string;
  readonly account: AccountId;
  readonly sessionId: string;
  readonly scopes: Scopes;
  /** Milliseconds since 1970. */
  readonly authenticatedAt: number;
  readonly mfa: boolean;
}
