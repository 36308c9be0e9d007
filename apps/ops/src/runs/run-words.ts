import type { RunDocument } from '@learnamp/learners';

/** How far a run is: its events may all be in the topic and still be waiting to be applied. */
export function stateOf({ stage, finishedAt, problem }: RunDocument) {
  if (stage === 'interrupted' || stage === 'cancelled') return stage;
  if (stage !== 'finished' || finishedAt === null) return 'running';
  return problem === null ? 'finished' : 'finished with a problem';
}

/** What it does now, and how far it is. */
export function stageOf({ stage, finishedAt, progress: { step, done, total } }: RunDocument): string {
  if (stage === 'interrupted') return 'interrupted; another run follows';
  if (stage === 'cancelled') return 'cancelled';
  if (stage === 'finished') return finishedAt ? 'finished' : 'saving the last changes';
  return total === 0 ? step : `${step}, ${done} of ${total}`;
}

/** What it did to people, such as `3 created, 1 updated`; of a preview, what a full run would do. */
export function whatItDid({ mode, applied, counts }: RunDocument): string {
  const { created, updated, deactivated, conflicts = 0, unconfirmed = 0, kept = 0 } = applied;
  const held = { 'waiting for approval': counts.held ?? 0 };
  const named =
    mode === 'preview'
      ? {
          ...{ 'to be created': created, 'to be updated': updated, 'to be deactivated': deactivated, ...held },
          ...{ 'to be identified': conflicts, 'to be confirmed': unconfirmed, 'kept as the last Owner': kept },
        }
      : { created, updated, deactivated, ...held };
  const parts = Object.entries(named)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  return parts.length === 0 ? 'nothing to change' : parts.join(', ');
}

/** How long it took, or takes so far, in seconds. */
export const secondsOf = ({ startedAt, finishedAt }: RunDocument, now: Date): number =>
  Math.max(0, Math.round(((finishedAt ?? now).getTime() - startedAt.getTime()) / 1000));
