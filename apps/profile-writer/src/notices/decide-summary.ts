import type { NoticeState } from './decide-notices.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
// The first Monday that a clock of computers knows, at 08:00 UTC.
const FIRST_MONDAY = Date.parse('1970-01-05T08:00:00Z');

/** When the week ended that was over last: on a Monday at 08:00 UTC. */
export const lastMonday = (now: Date): Date =>
  new Date(now.getTime() - ((((now.getTime() - FIRST_MONDAY) % WEEK_MS) + WEEK_MS) % WEEK_MS));

/**
 * The notice after a summary, where one is due: once a week, and a day late at most, because an old one says nothing. Null
 * where none is. Pure.
 */
export function decideSummary(notice: NoticeState | null, now: Date): NoticeState | null {
  const due = lastMonday(now);
  const { lastMailAt = null } = notice ?? {};
  const isLate = now.getTime() - due.getTime() >= DAY_MS;
  const isDone = lastMailAt !== null && lastMailAt >= due;
  if (isLate || isDone) return null;
  const moment = { openedAt: now, closedAt: now, mailedAt: [now], lastMailAt: now };
  return { ...moment, state: 'closed', about: [], returns: 0 };
}
