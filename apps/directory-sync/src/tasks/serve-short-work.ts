import { performErasure } from '../erasure/erase-people.ts';
import { noCancel } from '../runs/cancelling.ts';
import type { RunContext } from '../runs/run-context.ts';
import { deltaTask, nextTask } from '../work/plan.ts';
import { performCancel } from './cancel-task.ts';
import { performDelta } from './delta-task.ts';
import { performInspection } from './inspection-task.ts';
import { performQuestion } from './question-task.ts';
import { performDeletions, performPerson, performSecondLook, performVerdict } from './small-tasks.ts';

export interface ServedWork {
  /** People who were read or decided about. */
  readonly touched: readonly string[];
  /** The delta links had expired: only another full run knows what happened since they were taken. */
  readonly startingOver: boolean;
}

/**
 * Does what can't wait for the end of a long run: whatever somebody waits for, changes, and the second look at people who
 * were missing.
 */
export async function serveShortWork(outer: RunContext): Promise<ServedWork> {
  // Whoever cancels the long run doesn't mean these.
  const context = { ...outer, cancelledBy: noCancel };
  const { stores, organisation, clock } = context;
  const record = await stores.workRecords.findById(organisation.id).lean().orFail();
  const touched: string[] = [];
  const task = nextTask(record, clock());
  if (task?.kind === 'erasure') {
    await performErasure(context, task.request);
  } else if (task?.kind === 'inspection') {
    await performInspection(context, task);
  } else if (task?.kind === 'question') {
    await performQuestion(context, task);
  } else if (task?.kind === 'cancel') {
    await performCancel(context, task);
  } else if (task?.kind === 'person') {
    await performPerson(context, task);
    touched.push(task.personId);
  } else if (task?.kind === 'verdict') {
    await performVerdict(context, task);
    touched.push(...(task.request.personIds ?? []));
  } else if (task?.kind === 'second-look') {
    touched.push(...(await performSecondLook(context)));
  } else if (task?.kind === 'deletions') {
    await performDeletions(context);
  }
  const delta = deltaTask(record, clock());
  const outcome = delta && (await performDelta(context, delta, record));
  if (outcome?.kind === 'done') touched.push(...outcome.result.touched);
  return { touched, startingOver: outcome?.kind === 'starting-over' };
}
