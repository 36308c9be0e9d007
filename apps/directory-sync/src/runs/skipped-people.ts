import type { RunMarker } from '@learnamp/contracts';
import type { RunReporter } from './run-reporter.ts';

type Skipped = NonNullable<RunMarker['skipped']>[number];
export type SkipReason = Skipped['reason'];

/** Why people were skipped by a run, how many, and the first of them. */
export type SkippedPeople = Map<SkipReason, Skipped>;

// As many as an administrator looks up one by one.
const NAMED = 20;

export interface SkippedPerson {
  readonly id: string;
  readonly userPrincipalName?: string;
}

/** Counts people who are skipped, and keeps the first. */
export function noteSkipped(
  { counts, skippedPeople }: Pick<RunReporter, 'counts' | 'skippedPeople'>,
  reason: SkipReason,
  people: readonly SkippedPerson[],
): void {
  if (people.length === 0) return;
  counts.skipped += people.length;
  const noted = skippedPeople.get(reason) ?? { reason, people: 0, first: [] };
  const more = people.slice(0, NAMED - noted.first.length).map(({ id, userPrincipalName = null }) => ({
    personId: id,
    userPrincipalName,
  }));
  skippedPeople.set(reason, { ...noted, people: noted.people + people.length, first: [...noted.first, ...more] });
}
