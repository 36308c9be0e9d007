import type { FastifyPluginAsync } from 'fastify';
import type { EntraControl } from './control/entra-control.ts';
import type { FirstKeys } from './keys/signing-keys.ts';

/** A person as the sign-in pages and the tokens need to know them. */
export interface EntraUser {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly accountEnabled: boolean;
  readonly mail?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly preferredLanguage?: string;
  readonly userType: 'Member' | 'Guest';
}

/** An application registration, as far as sign-in, tokens and permissions need it. */
export interface Application {
  readonly appId: string;
  readonly displayName: string;
  readonly passwordCredentials: readonly { readonly secretText: string }[];
  readonly keyCredentials?: readonly { readonly certificatePem: string }[];
  readonly web: { readonly redirectUris: readonly string[]; readonly logoutUrl?: string };
  /** Application permissions granted in this tenant, such as `User.Read.All`. */
  readonly appRoles: readonly string[];
  /** Application permissions it is registered to need: what an administrator's consent grants. Absent: none. */
  readonly requiredAppRoles?: readonly string[];
}

/** A domain of the tenant: every user principal name ends in one. */
export interface VerifiedDomain {
  readonly name: string;
  readonly isDefault: boolean;
}

/** The tenant a directory belongs to. */
export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly verifiedDomains: readonly VerifiedDomain[];
}

/** What the identity half asks of the directory. Soft-deleted people are not found. */
export interface DirectoryView {
  readonly tenant: Tenant;
  findUser(idOrUpn: string): EntraUser | undefined;
  /** Users whose name, UPN or mail contains the text, by name; at most `limit`. */
  searchUsers(text: string, limit: number): EntraUser[];
  applications(): readonly Application[];
  /** Records an administrator's consent: adds application permissions to those granted. Unknown appId: no effect. */
  grantConsent(appId: string, appRoles: readonly string[]): void;
  /** Takes every permission from the application. */
  revokeConsent(appId: string): void;
  /** Whether the user may consent for the whole tenant. */
  isAdministrator(userId: string): boolean;
}

/** What the identity half is built from. URLs are origins without a path; known once the doors are open. */
export interface EntraDeps {
  readonly directory: DirectoryView;
  httpUrl(): string;
  httpsUrl(): string;
  /** Absent: new ones at every start. */
  readonly firstKeys?: FirstKeys;
  readonly clock: () => Date;
}

/** The facts of a verified access token. `roles` of an application, `scopes` of a signed-in user. */
export interface AccessToken {
  readonly tenantId: string;
  readonly appId: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly userId?: string;
}

/** The identity half: its routes, the check of the tokens that it issues, and what can be done to it meanwhile. */
export interface Entra extends EntraControl {
  readonly plugin: FastifyPluginAsync;
  /** Rejects when the token is not one of ours, expired or for another audience. */
  verifyAccessToken(token: string): Promise<AccessToken>;
}
