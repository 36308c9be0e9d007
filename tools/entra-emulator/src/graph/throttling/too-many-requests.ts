import { GraphError } from '../protocol/graph-error.ts';
import type { Unit } from './budgets.ts';
import type { Caller, Exceeded } from './throttle.ts';

type Headers = Readonly<Record<string, string>>;

/** What the directory says of itself in headers, by what ran out. */
const directoryLimits: Readonly<Partial<Record<Unit, { limit: string; information: string }>>> = {
  resourceUnits: { limit: 'ReadWrite', information: 'ResourceUnitLimitExceeded' },
  writes: { limit: 'Write', information: 'WriteLimitExceeded' },
  signInActivity: { limit: 'Read', information: 'RequestLimitExceeded' },
};

/** The answer 429 of the service whose budget is exceeded. */
export function tooManyRequests(exceeded: Exceeded, caller: Caller, template: string): GraphError {
  const { unit, scope } = exceeded.budget;
  const retry = { 'retry-after': String(exceeded.retryAfter) };
  if (unit.startsWith('mailbox')) return mailboxThrottled('Request', exceeded.retryAfter);
  if (unit.startsWith('subscription'))
    return new GraphError(429, 'TooManyRequests', ofSubscriptions(caller, template), retry);
  const directory = directoryLimits[unit];
  const own = directory && {
    'x-ms-throttle-scope': `${scope}/${directory.limit}/${caller.appId}/${caller.tenantId}`,
    'x-ms-throttle-information': directory.information,
  };
  return throttled({ ...retry, ...own });
}

/** Graph's usual answer 429. */
export function throttled(headers: Headers): GraphError {
  const inner = { code: '429', message: 'Please retry after', status: '429' };
  return new GraphError(429, 'TooManyRequests', 'Please retry again later.', headers, inner);
}

/** The answer 429 of a mailbox, which has a code of its own. */
export function mailboxThrottled(limit: 'Request' | 'MailboxConcurrency', retryAfter: number): GraphError {
  const headers = { 'retry-after': String(retryAfter) };
  return new GraphError(429, 'ApplicationThrottled', `Application is over its ${limit} limit.`, headers);
}

function ofSubscriptions({ tenantId }: Caller, template: string): string {
  const verbs = { GET: template.endsWith('}') ? 'get' : 'list', POST: 'create', PATCH: 'update', DELETE: 'delete' };
  const verb = verbs[template.slice(0, template.indexOf(' ')) as keyof typeof verbs];
  const category = `throttle.aad.ags.subscriptionservice.tenant.${verb}`;
  return `Too many requests from Identifier:${tenantId} under category:${category}. Please try again later.`;
}
