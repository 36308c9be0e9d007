import type { Hints, WorkRecord } from '@learnamp/sync-state';
import type { DeltaRunResult } from '../runs/delta-run.ts';
import type { TakenHints } from './due.ts';
import { isHint } from './plan.ts';
import type { Timings } from './timings.ts';

/** A delta round that has ended. */
export interface EndedRound {
  readonly taken: TakenHints;
  /** How many hinted rounds before it came back empty. */
  readonly emptyRounds: number;
  /** Until when hints were gathered before it. */
  readonly gatheredUntil: Date;
  readonly result: Pick<DeltaRunResult, 'empty' | 'unproved' | 'unread'>;
}

type Plan = Pick<WorkRecord, 'nextDeltaAt' | 'nextHintedAt' | 'emptyRounds'> &
  Partial<Pick<WorkRecord, 'notifications'>>;
type PlanTimings = Pick<
  Timings,
  'deltaEvery' | 'quietDeltaEvery' | 'emptyRoundRetries' | 'gatherPerHint' | 'longestGathering'
>;

/** When the next delta round comes, by itself and by hints. */
export function planAfterDelta(round: EndedRound, now: Date, timings: PlanTimings): Plan {
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  const retry = retryOf(round, timings);
  const quiet = isQuiet(round);
  const every = quiet ? Math.min(timings.quietDeltaEvery, timings.deltaEvery) : timings.deltaEvery;
  return {
    nextDeltaAt: inMs(retry?.wait ?? every),
    nextHintedAt: inMs(gatheringAfter(round.taken.hints, timings)),
    emptyRounds: retry?.emptyRounds ?? 0,
    ...(quiet ? { notifications: 'quiet' } : {}),
  };
}

const isHinted = ({ taken, emptyRounds }: EndedRound) => isHint(taken.hints) || emptyRounds > 0;

/**
 * Graph's replicas lag: a hint that shows nothing yet is followed up, and so is whoever isn't read or proved yet. What
 * the newest hint of a burst has waited already needn't be waited again.
 */
function retryOf(round: EndedRound, { emptyRoundRetries }: PlanTimings) {
  const { taken, emptyRounds, gatheredUntil, result } = round;
  const owing = result.unproved > 0 || result.unread > 0;
  if (!owing && !(isHinted(round) && result.empty)) return undefined;
  const { newestAt } = taken.hints;
  const waited = owing || !newestAt ? 0 : gatheredUntil.getTime() - newestAt.getTime();
  const index = emptyRoundRetries.findIndex((wait, at) => at >= emptyRounds && wait > waited);
  const wait = emptyRoundRetries[index];
  return wait === undefined ? undefined : { wait, emptyRounds: index + 1 };
}

/** Something was found that no notification told of, now or before without one in between. */
function isQuiet(round: EndedRound): boolean {
  const { taken, result } = round;
  if (taken.notifications === 'heard' || isHinted(round)) return false;
  return taken.notifications === 'quiet' || !result.empty;
}

/** One change is followed at once; after a burst the rest of it is gathered. */
function gatheringAfter(
  { userIds, groupIds, overflow }: Hints,
  { gatherPerHint, longestGathering }: PlanTimings,
): number {
  const gathering = gatherPerHint * (userIds.length + groupIds.length);
  return overflow ? longestGathering : Math.min(longestGathering, gathering);
}
