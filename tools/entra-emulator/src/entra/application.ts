/** A secret of an application. One whose end has passed is refused by a number of its own. */
export interface PasswordCredential {
  readonly secretText: string;
  readonly endDateTime?: string;
}

/** A claim that an application asks for beyond those that every id_token has. */
export interface OptionalClaim {
  readonly name: string;
  readonly additionalProperties?: readonly string[];
}

/** Whose groups the `groups` claim lists: none, or the groups of these kinds that the person is in, nested ones too. */
export const GROUP_MEMBERSHIP_CLAIMS = ['None', 'SecurityGroup', 'DirectoryRole', 'All'] as const;
export type GroupMembershipClaims = (typeof GROUP_MEMBERSHIP_CLAIMS)[number];

/** An application registration, as far as sign-in, tokens and permissions need it. Names are those of Graph. */
export interface Application {
  readonly appId: string;
  readonly displayName: string;
  /** Whose people may sign in: those of its own tenant, the default, or of any. */
  readonly signInAudience?: 'AzureADMyOrg' | 'AzureADMultipleOrgs';
  readonly passwordCredentials: readonly PasswordCredential[];
  readonly keyCredentials?: readonly { readonly certificatePem: string }[];
  readonly web: {
    readonly redirectUris: readonly string[];
    readonly logoutUrl?: string;
    /** Whether the authorization endpoint may give id_tokens; off by default. */
    readonly implicitGrantSettings?: { readonly enableIdTokenIssuance: boolean };
  };
  /** Application permissions granted in its own tenant, such as `User.Read.All`. */
  readonly appRoles: readonly string[];
  /** Application permissions it is registered to need: what an administrator's consent grants. Absent: none. */
  readonly requiredAppRoles?: readonly string[];
  /** Delegated permissions it is registered to need. Absent: those of a plain sign-in. */
  readonly requiredScopes?: readonly string[];
  readonly optionalClaims?: { readonly idToken?: readonly OptionalClaim[] };
  readonly groupMembershipClaims?: GroupMembershipClaims;
  readonly authenticationBehaviors?: { readonly removeUnverifiedEmailClaim?: boolean };
}

/** What stands for an application in a tenant, its own one included: what it may do there, and for whom. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly accountEnabled: boolean;
  /** Whether only people who are assigned may sign in. */
  readonly appRoleAssignmentRequired: boolean;
  /** Ids of the users and groups that are assigned. Of a group, only the direct members are. */
  readonly assignedTo: readonly string[];
  /** Application permissions granted to it. */
  readonly appRoles: readonly string[];
  /** Delegated permissions granted for everybody. */
  readonly scopes: readonly string[];
  /** Delegated permissions that people granted for themselves, by user id. */
  readonly userScopes: ReadonlyMap<string, readonly string[]>;
}

/** What a consent grants. */
export interface ConsentGrant {
  readonly appRoles?: readonly string[];
  readonly scopes?: readonly string[];
  /** Whom the scopes are granted for; everybody when absent. */
  readonly userId?: string;
}

/** The delegated permissions of a plain sign-in: what a registration asks for unless it says otherwise. */
export const SIGN_IN_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access', 'User.Read'];

export function isMultiTenant({ signInAudience }: Application): boolean {
  return signInAudience === 'AzureADMultipleOrgs';
}
