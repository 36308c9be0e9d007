import type { RunDocument } from '@learnamp/learners';
import type { Names, RunView } from './run-view.ts';

const modes: Readonly<Record<RunView['mode'], string>> = {
  full: 'Full sync',
  delta: 'Changes only',
  person: 'One person',
};

export const modeWords = (mode: RunView['mode']): string => modes[mode];

const triggers: ReadonlyMap<string, string> = new Map([
  ['schedule', 'By schedule'],
  ['notification', 'By a change at Microsoft'],
  ['setup', 'At setup'],
  ['request', 'On request'],
  ['new groups', 'To make sure of new groups'],
  ['missing people', 'To make sure of missing people'],
  ['recovery', 'After an interruption'],
]);

/** A run's trigger is a word for what caused it, or the learner who asked. */
export function triggerWords(trigger: string, names: Pick<Names, 'learner'>): string {
  return (
    triggers.get(trigger) ?? `Asked for by ${names.learner(trigger) ?? (isLearnerId(trigger) ? 'a learner' : trigger)}`
  );
}

export const isLearnerId = (text: string): boolean => text.startsWith('lrn_');

/** What the run does now, in words. */
export function runStep({ stage, finishedAt, progress }: RunDocument): string {
  if (stage === 'finished') return finishedAt === null ? 'Saving the last changes' : 'Finished';
  if (stage === 'interrupted') return 'Interrupted';
  const step = progress.step.trim() || 'working';
  return step.charAt(0).toUpperCase() + step.slice(1);
}

const endings: Readonly<Record<Exclude<RunView['state'], 'running'>, string>> = {
  finished: 'finished',
  incomplete: 'finished with a problem',
  interrupted: 'was interrupted; another one follows',
};

/** One sentence for a status line. It changes only when the run's state does, so that it is not read out all the time. */
export function runSummary(mode: RunView['mode'], state: RunView['state'], counts: RunView['counts']): string {
  const name = modes[mode];
  if (state === 'running') return `${name} is under way.`;
  return `${name} ${endings[state]}: ${whatItDid(counts)}.`;
}

/** What a run changed, such as `3 created, 1 updated`. */
export function whatItDid({ created, updated, deactivated, held, conflicts }: RunView['counts']): string {
  const counts = { created, updated, deactivated, 'waiting for approval': held, 'to be identified': conflicts };
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'nothing to change' : parts.map(([name, count]) => `${count} ${name}`).join(', ');
}
