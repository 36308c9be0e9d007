/** Whom a policy concerns, at which applications, and what it asks: `mfa` for a second factor. */
export interface ConditionalAccessPolicy {
  /** User ids, or `All`. */
  readonly includeUsers: readonly string[];
  /** Application ids, or `All`. */
  readonly includeApplications: readonly string[];
  readonly control: 'block' | 'mfa';
}

/** What the administrators of a tenant have decided about signing in. Whatever is absent is not restricted. */
export interface SignInPolicies {
  /** Whether people may consent for themselves to what needs no administrator; true by default. */
  readonly userConsent?: boolean;
  /** Whether people are told to ask for an administrator's approval rather than sent away. */
  readonly adminConsentRequests?: boolean;
  /** Guests of other tenants are kept out. */
  readonly blockInboundGuests?: boolean;
  /** People of this tenant are kept from being guests elsewhere. */
  readonly blockOutboundGuests?: boolean;
  readonly conditionalAccess?: readonly ConditionalAccessPolicy[];
  /** Ids of users whose account is locked after too many attempts. */
  readonly lockedUsers?: readonly string[];
  /** Ids of users who have no second factor yet. */
  readonly usersWithoutMfa?: readonly string[];
}
