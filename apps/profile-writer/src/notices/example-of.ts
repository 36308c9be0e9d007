import type { NoticeKind } from '@learnamp/learners';
import { lastMonday } from './decide-summary.ts';
import type { NoticeContent } from './notice-content.ts';

const DAY_MS = 86_400_000;

/** What a test tells: made up, and said to be. */
export function exampleOf(kind: NoticeKind, now: Date): NoticeContent {
  const days = (count: number) => new Date(now.getTime() + count * DAY_MS);
  switch (kind) {
    case 'failure':
      return { kind, since: days(-1), cause: 'Microsoft Graph refused or failed (with status 503)' };
    case 'approval':
      return { kind, since: days(-1), people: 12, reason: '12 removals are more than may happen in a day' };
    case 'expiry':
      return { kind, tokens: [{ name: 'An example', expiresAt: days(10) }] };
    case 'summary': {
      const to = lastMonday(now);
      const waiting = { held: 1, conflicts: 2, renames: 0, invitations: 5 };
      const counts = { inGroup: 412, skipped: 3, added: 5, deactivated: 2 };
      return { kind, from: new Date(to.getTime() - 7 * DAY_MS), to, ...counts, waiting };
    }
  }
}
