import type { WorkRecord } from '@learnamp/sync-state';
import { performErasure } from '../erasure/erase-people.ts';
import { closeInterruptedRuns } from '../runs/run-reporter.ts';
import type { RunContext } from '../runs/run-context.ts';
import type { SubscriptionSettings } from '../subscriptions/keep-subscriptions.ts';
import { cancelTask, erasureTask, isLong, nextTask, previewTask, readingTask, type Task } from '../work/plan.ts';
import { performCancel } from './cancel-task.ts';
import { performDelta } from './delta-task.ts';
import { performFull } from './full-task.ts';
import { performInspection } from './inspection-task.ts';
import { performPhotos } from './photo-task.ts';
import { performPreview } from './preview-task.ts';
import { performDeletions, performPerson, performRecovery, performSecondLook, performVerdict } from './small-tasks.ts';
import { performQuestion } from './question-task.ts';
import { performSubscriptions } from './subscription-task.ts';

export interface WorkOffDeps {
  readonly subscriptions: SubscriptionSettings | undefined;
  /** 0 ≤ x < 1, for the jitter. */
  readonly random: () => number;
  /** Leaves full runs and photos to other workers. */
  readonly shortOnly: boolean;
}

/** Does everything that is due for a claimed organisation: first what a dead holder left, then task by task. */
export async function workOff(context: RunContext, deps: WorkOffDeps): Promise<void> {
  await closeInterruptedRuns(context);
  if (!context.organisation.provisioning.enabled) return workWhileOff(context, deps);
  await performRecovery(context);
  while (!context.signal.aborted && (await isCurrent(context))) {
    const record = await context.stores.workRecords.findById(context.organisation.id).lean().orFail();
    const task = nextTask(record, context.clock());
    if (!task || (deps.shortOnly && isLong(task))) return;
    await perform(context, task, record, deps);
  }
}

/** What is asked for by these changes nothing. */
const harmless = ['preview', 'inspect', 'ask', 'cancel', 'erase'] as const;

/** All that there is to do while provisioning is switched off: somebody may want to know what is, and what would be. */
async function workWhileOff(context: RunContext, deps: WorkOffDeps): Promise<void> {
  const { stores, organisation, clock, timings } = context;
  while (!context.signal.aborted && (await isCurrent(context))) {
    const record = await stores.workRecords.findById(organisation.id).lean().orFail();
    const task = erasureTask(record) ?? readingTask(record) ?? cancelTask(record) ?? previewTask(record);
    if (task && deps.shortOnly && isLong(task)) return;
    if (task) {
      await perform(context, task, record, deps);
      continue;
    }
    // One that is asked for at this moment is not slept over.
    const quiet = { _id: organisation.id, 'requests.mode': { $nin: harmless } };
    const later = new Date(clock().getTime() + timings.fullEvery);
    if ((await stores.workRecords.updateOne(quiet, pausedUntil(later))).matchedCount > 0) return;
  }
}

/** Until then, or until its settings change. */
export const pausedUntil = (later: Date) => ({ $set: { pausedUntil: later, settledRevision: 0 } });

/** Once the settings are others, the organisation is claimed anew, with these. */
const isCurrent = async ({ settingsRevision, organisation }: RunContext) =>
  (await settingsRevision()) === organisation.revision;

function perform(context: RunContext, task: Task, record: WorkRecord, deps: WorkOffDeps): Promise<unknown> {
  switch (task.kind) {
    case 'erasure':
      return performErasure(context, task.request);
    case 'inspection':
      return performInspection(context, task);
    case 'question':
      return performQuestion(context, task);
    case 'cancel':
      return performCancel(context, task);
    case 'person':
      return performPerson(context, task);
    case 'verdict':
      return performVerdict(context, task);
    case 'delta':
      return performDelta(context, task, record);
    case 'full':
      return performFull(context, task, deps.random);
    case 'preview':
      return performPreview(context, task);
    case 'second-look':
      return performSecondLook(context);
    case 'deletions':
      return performDeletions(context);
    case 'subscriptions':
      return performSubscriptions(context, deps.subscriptions);
    case 'photos':
      return performPhotos(context);
  }
}
