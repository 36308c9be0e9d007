/** Which account: the tenant where the person is at home, and the id there. */
export interface AccountId {
  readonly tenantId: string;
  readonly userId: string;
}

const PREFIX = 'O.';

/** The value of the claim `login_hint`: opaque to applications, and without the tenant they are signed in to. */
export function loginHintFor({ tenantId, userId }: AccountId): string {
  return `${PREFIX}${Buffer.from(`${tenantId} ${userId}`).toString('base64url')}`;
}

/** The account that such a value means; undefined for anything else. */
export function accountInHint(text: string): AccountId | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const [tenantId, userId, ...rest] = Buffer.from(text.slice(PREFIX.length), 'base64url').toString('utf8').split(' ');
  return tenantId === undefined || userId === undefined || rest.length > 0 ? undefined : { tenantId, userId };
}
