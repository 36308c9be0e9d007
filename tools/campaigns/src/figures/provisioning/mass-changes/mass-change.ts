import type { ChangeLimits } from '@learnamp/directory';
import type { Draw } from '../simulation/draw.ts';

/** Many people who are removed from a group or added to it, at once or little by little within a day. */
export interface MassChange {
  readonly people: number;
  readonly limits: ChangeLimits;
  readonly what: 'left' | 'deleted' | 'disabled' | 'added';
  /** Whether it is more than may change without approval. */
  readonly isOver: boolean;
  /** How many change each time; several times are a slow bleed. */
  readonly waves: readonly number[];
  readonly hoursBetween: number;
  readonly reading: 'full' | 'delta';
  /** What an administrator says in the end. */
  readonly verdict: 'approve all' | 'reject all' | 'approve some' | 'approve some, reject the others';
}

/** The most that may change in a day of so many people: counted up, one by one. */
export function mostAllowed(people: number, { share, small, number }: ChangeLimits): number {
  let most = 0;
  while (most < people) {
    const next = most + 1;
    const isSmall = next <= small || next <= share * people;
    if (!isSmall || (number !== null && next > number)) return most;
    most = next;
  }
  return most;
}

export function drawMassChange(draw: Draw, isOver: boolean): MassChange {
  const people = 24 + draw.below(16);
  const limits: ChangeLimits = {
    share: 0.05 + draw.below(20) / 100,
    small: 1 + draw.below(4),
    number: draw.chance(0.3) ? 3 + draw.below(4) : null,
  };
  const allowed = mostAllowed(people, limits);
  const total = isOver ? allowed + 1 + draw.below(people - allowed - 4) : 1 + draw.below(Math.max(1, allowed));
  const isSlow = draw.chance(0.5) && total > 1;
  return {
    ...{ people, limits, isOver },
    what: draw.from(['left', 'left', 'deleted', 'disabled', 'added', 'added'] as const) ?? 'left',
    waves: isSlow ? inWaves(total, Math.min(allowed, 1 + draw.below(3))) : [total],
    hoursBetween: isSlow ? 20 / total : 0,
    reading: draw.chance(0.5) ? 'full' : 'delta',
    verdict:
      draw.from(['approve all', 'reject all', 'approve some', 'approve some, reject the others'] as const) ??
      'approve all',
  };
}

function inWaves(total: number, most: number): number[] {
  const size = Math.max(1, most);
  return Array.from({ length: Math.ceil(total / size) }, (_, n) => Math.min(size, total - n * size));
}
