import type { RunDocument } from '@learnamp/learners';
import type { Names, RunView } from './run-view.ts';

const modes: Readonly<Record<RunView['mode'], string>> = {
  full: 'Full sync',
  delta: 'Changes only',
  person: 'One person',
  preview: 'Preview',
};

export const modeWords = (mode: RunView['mode']): string => modes[mode];

const triggers: ReadonlyMap<string, string> = new Map([
  ['schedule', 'By schedule'],
  ['notification', 'By a change at Microsoft'],
  ['setup', 'At setup'],
  ['request', 'On request'],
  ['new groups', 'To make sure of new groups'],
  ['second look', 'To make sure of what changed'],
  ['missing people', 'To make sure of missing people'],
  ['recovery', 'After an interruption'],
  ['subscription gap', 'To repair a gap in the notifications'],
]);

/** Why there was a run: who asked for it, else what caused it. */
export function triggerWords({ trigger, requestedBy }: RunDocument, names: Pick<Names, 'learner'>): string {
  if (requestedBy) return `Asked for by ${askerName(requestedBy, names)}`;
  return triggers.get(trigger) ?? trigger;
}

/** A learner by name; an operator asks by the name of a command. */
export const askerName = (requestedBy: string, names: Pick<Names, 'learner'>): string =>
  names.learner(requestedBy) ?? (isLearnerId(requestedBy) ? 'a learner' : requestedBy);

export function startedBy({ trigger, requestedBy }: RunDocument): RunView['startedBy'] {
  if (requestedBy) return isLearnerId(requestedBy) ? 'person' : 'operator';
  return trigger === 'notification' ? 'notification' : 'timer';
}

export const skipWords: Readonly<Record<NonNullable<RunDocument['skipped']>[number]['reason'], string>> = {
  disabled: 'disabled in Entra',
  'switched off': 'left as they are, because the switch for the change is off',
  'not found': 'not found in the directory',
  unreadable: 'could not be read',
  erased: 'left out, because they were erased',
};

export const isLearnerId = (text: string): boolean => text.startsWith('lrn_');

/** What the run does now, in words. */
export function runStep({ stage, finishedAt, progress }: RunDocument): string {
  if (stage === 'finished') return finishedAt === null ? 'Saving the last changes' : 'Finished';
  if (stage === 'interrupted') return 'Interrupted';
  if (stage === 'cancelled') return 'Cancelled';
  const step = progress.step.trim() || 'working';
  return step.charAt(0).toUpperCase() + step.slice(1);
}

const endings: Readonly<Record<Exclude<RunView['state'], 'running'>, string>> = {
  finished: 'finished',
  incomplete: 'finished with a problem',
  interrupted: 'was interrupted; another one follows',
  cancelled: 'was cancelled',
};

/** One sentence for a status line. It changes only when the run's state does, so that it is not read out all the time. */
export function runSummary(mode: RunView['mode'], state: RunView['state'], counts: RunView['counts']): string {
  const name = modes[mode];
  if (state === 'running') return `${name} is under way.`;
  return `${name} ${endings[state]}: ${whatItDid(mode, counts)}.`;
}

/** What a run changed, such as `3 created, 1 updated`; of a preview, what a full run would change. */
export function whatItDid(mode: RunView['mode'], counts: RunView['counts']): string {
  const { created, updated, deactivated, held, conflicts, unconfirmed = 0, kept = 0 } = counts;
  const changed =
    mode === 'preview'
      ? { 'to be created': created, 'to be updated': updated, 'to be deactivated': deactivated }
      : { created, updated, deactivated };
  const waiting = { 'waiting for approval': held, 'to be identified': conflicts, 'to be confirmed': unconfirmed };
  const named = { ...changed, ...waiting, 'kept as the last Owner': kept };
  const parts = Object.entries(named).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'nothing to change' : parts.map(([name, count]) => `${count} ${name}`).join(', ');
}
