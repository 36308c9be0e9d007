/** How many may be deactivated without anybody being asked, per run and per rolling 24 hours together. */
export interface RemovalLimits {
  /** Of the people who are active, from 0 to 1. */
  readonly share: number;
  /** Up to this many, the share doesn't matter: in a small organisation one leaver is a large share. */
  readonly small: number;
  /** More than this many are too many whatever the share. */
  readonly number: number;
}

/** More than 10 % and more than 5 people, or more than 500. */
export const defaultRemovalLimits: RemovalLimits = { share: 0.1, small: 5, number: 500 };

/** Whether so many removals need somebody's approval. */
export function exceedsLimits(count: number, population: number, limits: RemovalLimits): boolean {
  return count > limits.number || (count > limits.small && count > limits.share * population);
}

/** What an administrator said of a held removal. */
export type Verdict = 'approved' | 'rejected';

export interface RemovalQuestion {
  /** People whose removal this run has proved, with what was said of each before. */
  readonly proved: ReadonlyMap<string, Verdict | null>;
  /** How many were deactivated without approval in the 24 hours before. */
  readonly recent: number;
  /** How many are active, those in `proved` and `recent` included. */
  readonly population: number;
  /** Whether removals are held already: then every further one joins them. */
  readonly isHolding: boolean;
  readonly limits: RemovalLimits;
}

/** What becomes of each proved removal. Whoever was rejected stays, and is in neither list. */
export interface Judgement {
  readonly apply: readonly string[];
  readonly hold: readonly string[];
  /** Why people are held, in one sentence; absent when nobody is. */
  readonly reason?: string;
}

/**
 * Decides which proved removals take effect. Over a limit, all that nobody has approved are held, not only the excess:
 * whatever is wrong is wrong with all of them.
 */
export function judgeRemovals(question: RemovalQuestion): Judgement {
  const said = (verdict: Verdict | null) =>
    [...question.proved].filter(([, before]) => before === verdict).map(([personId]) => personId);
  const [approved, open] = [said('approved'), said(null)];
  const reason = open.length === 0 ? undefined : reasonToHold(question, open.length);
  return reason === undefined ? { apply: [...approved, ...open], hold: [] } : { apply: approved, hold: open, reason };
}

function reasonToHold({ recent, population, isHolding, limits }: RemovalQuestion, open: number): string | undefined {
  if (isHolding) return 'removals are held already, and every further one waits with them';
  const count = open + recent;
  if (!exceedsLimits(count, population, limits)) return undefined;
  const share = `${Math.round(limits.share * 100)} %`;
  const before = recent === 0 ? '' : ` (${recent} of them within the last 24 hours)`;
  return `${count} of ${population} people would be deactivated${before}; up to ${limits.number}, and up to ${share} or ${limits.small} people, need no approval`;
}
