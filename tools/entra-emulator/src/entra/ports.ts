import type { FastifyPluginAsync } from 'fastify';
import type { Application, ConsentGrant, ServicePrincipal } from './application.ts';
import type { EntraControl } from './control/entra-control.ts';
import type { FirstKeys } from './keys/signing-keys.ts';
import type { SignInPolicies } from './sign-in-policies.ts';

export type { Application, ConsentGrant, ServicePrincipal } from './application.ts';

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
  readonly usageLocation?: string;
  readonly onPremisesSecurityIdentifier?: string;
  readonly userType: 'Member' | 'Guest';
  /** Sessions and refresh tokens that began before this moment, in milliseconds since 1970, no longer count. */
  readonly sessionsValidFrom?: number;
}

/** A group that a person is in, directly or through others. */
export interface EntraGroup {
  readonly id: string;
  readonly securityEnabled: boolean;
  readonly isDirect: boolean;
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

/** What the identity half asks of a tenant's people. Soft-deleted people are not found. */
export interface PeopleView {
  findUser(idOrUpn: string): EntraUser | undefined;
  /** The guest whose address in the home tenant this is. */
  findGuest(address: string): EntraUser | undefined;
  /** Users whose name, UPN or mail contains the text, by name; at most `limit`. */
  searchUsers(text: string, limit: number): EntraUser[];
  groupsOf(userId: string): readonly EntraGroup[];
  /** The templates of the administrator's roles that the user holds. */
  roleTemplatesOf(userId: string): readonly string[];
  /** Whether the user's roles let them consent for the whole tenant. */
  isAdministrator(userId: string): boolean;
}

/** What it asks of the applications in a tenant. Application ids are compared without regard to case. */
export interface ApplicationsView {
  /** Those registered in this tenant. */
  applications(): readonly Application[];
  /** What stands for an application here, wherever it is registered; undefined while it is not installed. */
  servicePrincipal(appId: string): ServicePrincipal | undefined;
  /** Records a consent, and installs the application when it is not yet. */
  grantConsent(registration: Registration, grant: ConsentGrant): void;
  /** Takes every permission from an application. */
  revokeConsent(appId: string): void;
  removeServicePrincipal(appId: string): void;
}

/** Where an application is registered. */
export interface Registration {
  readonly application: Application;
  readonly home: Pick<DirectoryView, 'tenant'>;
}

/** A tenant as the identity half sees it. */
export interface DirectoryView extends PeopleView, ApplicationsView {
  readonly tenant: Tenant;
  /** As they are now: they may be changed while the emulator runs. */
  policies(): SignInPolicies;
  setPolicies(policies: SignInPolicies): void;
}

/** What the identity half is built from. URLs are origins without a path; known once the doors are open. */
export interface EntraDeps {
  /** The tenants that stand side by side. */
  readonly directories: readonly DirectoryView[];
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
