import type { RunDocument } from '@learnamp/learners';

/** What the first full sync came to. `members` = created + updated + unchanged + skipped. */
export interface Summary {
  /** Distinct users reachable from the root group. */
  readonly members: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Members who are no learners: accounts disabled in Entra. */
  readonly skipped: number;
  readonly deactivated: number;
  /** Active learners whose manager is a learner too. */
  readonly managersLinked: number;
  /** Active learners with a photo. */
  readonly photos: number;
  /** Department teams with an active learner. */
  readonly teams: number;
  /** HTTP requests to Graph; a $batch counts once. */
  readonly graphRequests: number;
  readonly seconds: number;
}

/** The summary of a run that has been applied, photos included. */
export function summaryOf(run: RunDocument): Summary {
  const { counts, applied, totals, photos, startedAt } = run;
  const endedAt = photos?.finishedAt ?? run.finishedAt ?? startedAt;
  return {
    members: counts.members,
    created: applied.created,
    updated: applied.updated,
    unchanged: counts.unchanged + applied.unchanged,
    skipped: counts.skipped,
    deactivated: applied.deactivated,
    managersLinked: totals?.managersLinked ?? 0,
    photos: totals?.photos ?? 0,
    teams: totals?.teams ?? 0,
    graphRequests: counts.graphRequests + (photos?.graphRequests ?? 0),
    seconds: Math.round((endedAt.getTime() - startedAt.getTime()) / 100) / 10,
  };
}

const labels: Readonly<Record<keyof Summary, string>> = {
  members: 'people in the group',
  created: 'learners created',
  updated: 'learners updated',
  unchanged: 'unchanged',
  skipped: 'skipped (disabled in Entra)',
  deactivated: 'deactivated',
  managersLinked: 'managers linked',
  photos: 'photos',
  teams: 'department teams',
  graphRequests: 'requests to Graph',
  seconds: 'seconds',
};

/** The summary as a table for people. */
export function summaryTable(summary: Summary): string {
  const width = Math.max(...Object.values(labels).map((label) => label.length));
  return Object.entries(labels)
    .map(([name, label]) => `  ${label.padEnd(width)}  ${String(summary[name as keyof Summary]).padStart(8)}`)
    .join('\n');
}
