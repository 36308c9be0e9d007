import type { RunDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What is promised: a change is applied within half an hour. */
const TARGET_SECONDS = 1800;

const Count = Type.Integer({ minimum: 0 });
const Seconds = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);
const figures = { samples: Count, p50: Seconds, p95: Seconds };

/** How long changes took of late, from when they could have been known here until they were applied. */
export const Freshness = Type.Object({
  by: Type.Union([Type.Literal('notifications'), Type.Literal('timer')]),
  targetSeconds: Type.Integer(),
  ...figures,
  /** Of the last day, those with samples, the oldest first. */
  hours: Type.Array(Type.Object({ at: Type.String({ format: 'date-time' }), ...figures })),
});
export type Freshness = Static<typeof Freshness>;

/** A run that has changed somebody, and since when what it followed could have been there. */
export interface FreshnessSample {
  readonly since: Date;
  readonly appliedAt: Date;
}

/** Pure: what samples of a day come to. */
export function freshnessOf(samples: readonly FreshnessSample[], by: Freshness['by']): Freshness {
  const byHour = new Map<number, FreshnessSample[]>();
  for (const sample of samples) {
    const hour = Math.floor(sample.appliedAt.getTime() / HOUR_MS) * HOUR_MS;
    byHour.set(hour, [...(byHour.get(hour) ?? []), sample]);
  }
  const hours = [...byHour].sort(([one], [other]) => one - other);
  return {
    ...{ by, targetSeconds: TARGET_SECONDS },
    ...figuresOf(samples),
    hours: hours.map(([hour, some]) => ({ at: new Date(hour).toISOString(), ...figuresOf(some) })),
  };
}

function figuresOf(samples: readonly FreshnessSample[]) {
  const taken = samples.map(({ since, appliedAt }) => Math.max(0, appliedAt.getTime() - since.getTime()));
  const sorted = taken.sort((one, other) => one - other);
  return { samples: sorted.length, p50: secondsAt(sorted, 0.5), p95: secondsAt(sorted, 0.95) };
}

/** By nearest rank: a time that was really taken. Null of none. */
function secondsAt(sorted: readonly number[], share: number): number | null {
  const ms = sorted[Math.ceil(share * sorted.length) - 1];
  return ms === undefined ? null : Math.round(ms / 100) / 10;
}

type Sampled = Pick<RunDocument, 'changesSince' | 'finishedAt' | 'applied'>;

/** The delta runs of the last day that have changed somebody. */
export async function readSamples(
  runs: Model<RunDocument>,
  organisationId: string,
  now: Date,
): Promise<FreshnessSample[]> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const found = await runs
    .find(
      // One that began before may have ended since; what an index serves is when it began.
      { organisationId, mode: 'delta', startedAt: { $gte: new Date(dayAgo.getTime() - HOUR_MS) } },
      'changesSince finishedAt applied',
    )
    .lean<Sampled[]>();
  return found.flatMap((run) => sampleOf(run, dayAgo));
}

function sampleOf({ changesSince, finishedAt, applied }: Sampled, dayAgo: Date): FreshnessSample[] {
  if (!changesSince || !finishedAt || finishedAt < dayAgo) return [];
  const hasChanged = applied.created + applied.updated + applied.deactivated > 0;
  return hasChanged ? [{ since: changesSince, appliedAt: finishedAt }] : [];
}
