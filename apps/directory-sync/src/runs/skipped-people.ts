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

type Notes = Pick<RunReporter, 'counts' | 'skippedPeople'>;

/** Counts people who are skipped, and keeps the first. */
export function noteSkipped(notes: Notes, reason: SkipReason, people: readonly SkippedPerson[]): void {
  if (people.length === 0) return;
  const noted = counted(notes, reason, people.length);
  const more = people.slice(0, NAMED - noted.first.length).map(({ id, userPrincipalName = null }) => ({
    personId: id,
    userPrincipalName,
  }));
  notes.skippedPeople.set(reason, { ...noted, first: [...noted.first, ...more] });
}

/** Counts people who are skipped and may not be named. */
export function noteUnnamed(notes: Notes, reason: SkipReason, people: number): void {
  if (people > 0) notes.skippedPeople.set(reason, counted(notes, reason, people));
}

function counted({ counts, skippedPeople }: Notes, reason: SkipReason, people: number): Skipped {
  counts.skipped += people;
  const noted = skippedPeople.get(reason) ?? { reason, people: 0, first: [] };
  return { ...noted, people: noted.people + people };
}
