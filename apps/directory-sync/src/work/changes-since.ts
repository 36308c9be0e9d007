import type { WorkRecord } from '@learnamp/sync-state';
import type { TakenHints } from './due.ts';
import { isHint } from './plan.ts';

/**
 * Since when the changes could have been there that a round follows; null where nobody knows. What was hinted at was there
 * when the first hint came; everything else may have come at any time since the round before began. While a round is
 * repeated, because replicas lag or somebody could not be read, it still follows what the first attempt was to follow.
 */
export function changesSince(
  { followedUntil = null, emptyRounds }: Pick<WorkRecord, 'followedUntil' | 'emptyRounds'>,
  { hints }: Pick<TakenHints, 'hints'>,
): Date | null {
  if (!isHint(hints)) return followedUntil;
  const { oldestAt = null } = hints;
  const isRepeated = emptyRounds > 0 && followedUntil !== null && oldestAt !== null;
  return isRepeated && followedUntil < oldestAt ? followedUntil : oldestAt;
}

/** Until when changes are followed once a round has ended: until it began, unless it is to be repeated. */
export const followedAfter = (
  round: { readonly startedAt: Date; readonly since: Date | null },
  { emptyRounds }: Pick<WorkRecord, 'emptyRounds'>,
): Date | null => (emptyRounds > 0 ? round.since : round.startedAt);
