/** What the mails of a notice tell. Nobody is named in it: it is kept with them. */
export type NoticeContent = FailureContent | ApprovalContent | ExpiryContent | SummaryContent | OverContent;

/** People can't be followed. */
export interface FailureContent {
  readonly kind: 'failure';
  readonly since: Date;
  /** Why, without a full stop. */
  readonly cause: string;
}

/** Changes wait for approval. */
export interface ApprovalContent {
  readonly kind: 'approval';
  readonly since: Date;
  readonly people: number;
  readonly reason: string;
}

/** API tokens end soon. */
export interface ExpiryContent {
  readonly kind: 'expiry';
  readonly tokens: readonly { readonly name: string; readonly expiresAt: Date }[];
}

/** What happened in a week. */
export interface SummaryContent {
  readonly kind: 'summary';
  readonly from: Date;
  readonly to: Date;
  /** People of the group, and those who were left out, as the last full run counted. */
  readonly inGroup: number;
  readonly skipped: number;
  /** Within the week. */
  readonly added: number;
  readonly deactivated: number;
  /** What waits until an administrator says something. */
  readonly waiting: {
    readonly held: number;
    readonly conflicts: number;
    readonly renames: number;
    readonly invitations: number;
  };
}

/** What somebody was told of is over. */
export interface OverContent {
  readonly kind: 'over';
  readonly since: Date;
  readonly at: Date;
}
