import type { KeyRollover } from '../keys/signing-keys.ts';
import type { SignInPolicies } from '../sign-in-policies.ts';
import type { PlannedFailure, PlannedFailureState } from './planned-failures.ts';
import type { TokenDefectOrder } from './token-defects.ts';

/** What can be done to the identity half while it runs: by tests, and by whatever serves them over HTTP. */
export interface EntraControl {
  /**
   * Refuses the next requests to an endpoint by this number, whatever they ask.
   * @throws RangeError for a number that is not emulated.
   */
  failNext(aadsts: number, failure: PlannedFailure): void;
  /** Spoils tokens that are issued from now on. */
  spoilTokens(order: TokenDefectOrder): void;
  /** Takes back every planned failure and every order to spoil tokens. */
  clearFaults(): void;
  /** What is planned or stands at present. */
  faults(): { readonly signIn: readonly PlannedFailureState[]; readonly tokens: readonly TokenDefectOrder[] };
  /** Signs with another key from now on. */
  rotateKeys(rollover?: KeyRollover): Promise<void>;
  /** Stops publishing the keys that signed before; tokens signed by them are no longer valid. */
  retireKeys(): void;
  /** Every access token issued so far counts as expired. Refresh tokens stay good. */
  expireTokens(): void;
  /**
   * Takes every permission from an application in a tenant. Tokens issued before keep theirs.
   * @throws RangeError for an unknown tenant, as the others that name one.
   */
  revokeConsent(tenantId: string, appId: string): void;
  /** Deletes what stands for an application in a tenant, as its administrator may: until it is consented to again. */
  removeServicePrincipal(tenantId: string, appId: string): void;
  /** Replaces what the administrators of a tenant have decided about signing in. */
  setSignInPolicies(tenantId: string, policies: SignInPolicies): void;
  /** Remembers sessions, refresh tokens and policies. Returns the function that brings them back, and no others. */
  snapshot(): () => void;
}
