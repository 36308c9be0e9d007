import type { NoticeDocument } from '@learnamp/learners';

/** What was found of one kind of matter. */
export type Finding =
  /** It is so. `about`: what it is about, such as ids of tokens. */
  | { readonly state: 'lasts'; readonly about: readonly string[] }
  | { readonly state: 'over' }
  /** It is no matter of anybody's any more, such as failures of what was switched off. */
  | { readonly state: 'moot' }
  /** Nobody can say at this moment. */
  | { readonly state: 'unknown' };

/** What is remembered of one kind of notice at one organisation. */
export type NoticeState = Omit<NoticeDocument, '_id' | 'organisationId' | 'kind'>;

export interface Decision {
  readonly notice: NoticeState;
  readonly mail: 'alarm' | 'all-clear' | null;
}

export interface Question {
  readonly notice: NoticeState | null;
  readonly finding: Finding;
  /** Whether it is said when it is over: nobody needs to hear that a token which was renewed is renewed. */
  readonly endsWithMail: boolean;
  /** Whether somebody is to be mailed. */
  readonly isMailed: boolean;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
const FADING_DAYS = [1, 3, 7] as const;
const FOREVER_DAYS = 14;

/**
 * What becomes of a notice; null where it stays as it is. Pure. A mail that something is the matter never follows another
 * mail of its kind within a day, whatever the clock does: one that was turned back waits until it is where it was.
 */
export function decideNotice(question: Question): Decision | null {
  const { notice, finding } = question;
  if (finding.state === 'unknown') return null;
  if (finding.state === 'lasts') return whileItLasts(question, finding.about);
  return notice?.state === 'open' ? closed(notice, question) : null;
}

function whileItLasts({ notice, isMailed, now }: Question, about: readonly string[]): Decision | null {
  const open = notice?.state === 'open' ? notice : opened(notice, now);
  if (isMailed && isDue(open, about, now)) {
    return { mail: 'alarm', notice: { ...open, mailedAt: [...open.mailedAt, now], lastMailAt: now, about } };
  }
  return open === notice ? null : { mail: null, notice: open };
}

function opened(former: NoticeState | null, now: Date): NoticeState {
  const { closedAt = null, lastMailAt = null, returns = 0 } = former ?? {};
  const isReturn = closedAt !== null && now.getTime() - closedAt.getTime() < DAY_MS;
  return {
    ...{ state: 'open', openedAt: now, closedAt: null, mailedAt: [], about: [], lastMailAt },
    returns: isReturn ? returns + 1 : 0,
  };
}

function isDue({ mailedAt, lastMailAt, about: told, returns }: NoticeState, about: readonly string[], now: Date) {
  if (lastMailAt === null) return true;
  const isNew = about.some((each) => !told.includes(each));
  // What comes and goes all the time fades as well.
  const days = mailedAt.length === 0 ? fading(returns) : isNew ? 1 : fading(mailedAt.length);
  return now.getTime() - lastMailAt.getTime() >= days * DAY_MS;
}

/** How many days to wait after so many times. */
const fading = (times: number): number => (times === 0 ? 1 : (FADING_DAYS[times - 1] ?? FOREVER_DAYS));

/** Only where its beginning was mailed, its end is. */
function closed(notice: NoticeState, { finding, endsWithMail, isMailed, now }: Question): Decision {
  const isOver: NoticeState = { ...notice, state: 'closed', closedAt: now };
  const isTold = endsWithMail && isMailed && finding.state === 'over' && notice.mailedAt.length > 0;
  return isTold
    ? { mail: 'all-clear', notice: { ...isOver, lastMailAt: later(notice.lastMailAt, now) } }
    : { mail: null, notice: isOver };
}

const later = (one: Date | null, other: Date): Date => (one !== null && one > other ? one : other);
