/** A removal makes an active learner inactive; an addition makes somebody active who was not, or who was not there. */
export type Direction = 'removal' | 'addition';

/** How many may change in one direction without anybody being asked, per run and per rolling 24 hours together. */
export interface ChangeLimits {
  /** Of the people who were active before, from 0 to 1. */
  readonly share: number;
  /** Up to this many, the share doesn't matter: in a small organisation one leaver is a large share. */
  readonly small: number;
  /** More than this many are too many whatever the share; null where only the share counts. */
  readonly number: number | null;
}

/** Removals: more than 10 % and more than 5 people, or more than 500. Additions: more than 50 % and more than 20. */
export const defaultLimits: Readonly<Record<Direction, ChangeLimits>> = {
  removal: { share: 0.1, small: 5, number: 500 },
  addition: { share: 0.5, small: 20, number: null },
};

/** Whether so many changes need somebody's approval. */
export function exceedsLimits(count: number, population: number, { share, small, number }: ChangeLimits): boolean {
  return (number !== null && count > number) || (count > small && count > share * population);
}

/** What an administrator said of a held change. */
export type Verdict = 'approved' | 'rejected';

export interface ChangeQuestion {
  readonly direction: Direction;
  /** People whom this run wants to change in this direction, with what was said of each before. */
  readonly proposed: ReadonlyMap<string, Verdict | null>;
  /** Those of them who were held before: without a verdict they go on waiting, however few are left. */
  readonly waiting: ReadonlySet<string>;
  /** How many changed so without approval in the 24 hours before. */
  readonly recent: number;
  /** How many were active before these changes and the recent ones. */
  readonly population: number;
  /** Whether changes are held already: then every further removal joins them. */
  readonly isHolding: boolean;
  readonly limits: ChangeLimits;
}

/** What becomes of each proposed change. Whoever was rejected stays as they are, and is in neither list. */
export interface Judgement {
  readonly apply: readonly string[];
  readonly hold: readonly string[];
  /** Why people are held, in one sentence; absent when nobody is. */
  readonly reason?: string;
}

/**
 * Decides which proposed changes take effect. Over a limit, all that nobody has approved are held, not only the excess:
 * whatever is wrong is wrong with all of them. Whoever is held waits for a verdict, also when others were approved and
 * those who are left would not have been too many by themselves.
 */
export function judgeChanges(question: ChangeQuestion): Judgement {
  const said = (verdict: Verdict | null) =>
    [...question.proposed].filter(([, before]) => before === verdict).map(([personId]) => personId);
  const [approved, open] = [said('approved'), said(null)];
  const reason = open.length === 0 ? undefined : reasonToHold(question, open.length);
  if (reason !== undefined) return { apply: approved, hold: open, reason };
  const hold = open.filter((personId) => question.waiting.has(personId));
  const apply = [...approved, ...open.filter((personId) => !question.waiting.has(personId))];
  return hold.length === 0
    ? { apply, hold }
    : { apply, hold, reason: 'they were held before, and nobody has said yet' };
}

function reasonToHold(question: ChangeQuestion, open: number): string | undefined {
  const { direction, recent, population, isHolding, limits } = question;
  const count = open + recent;
  if (exceedsLimits(count, population, limits)) return overLimit(question, count);
  return direction === 'removal' && isHolding
    ? 'changes are held already, and every further removal waits with them'
    : undefined;
}

function overLimit({ direction, recent, population, limits }: ChangeQuestion, count: number): string {
  const { share, small, number } = limits;
  const what = direction === 'removal' ? 'deactivated' : 'added';
  const before = recent === 0 ? '' : ` (${recent} of them within the last 24 hours)`;
  const most = number === null ? '' : `up to ${number}, and `;
  const free = `${most}up to ${Math.round(share * 100)} % or ${small} people, need no approval`;
  return `${count} people would be ${what}${before} where ${population} were active; ${free}`;
}
