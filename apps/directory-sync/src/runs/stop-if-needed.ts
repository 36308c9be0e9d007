import { RunCancelledError } from './cancelling.ts';
import type { RunContext } from './run-context.ts';

/** The run has to end before it is through; another one follows. */
export class RunStoppedError extends Error {
  readonly code = 'run-stopped';
  readonly retriable = true;

  constructor(reason: string) {
    super(reason);
    this.name = 'RunStoppedError';
  }
}

/**
 * Between two steps, when everything that was decided is emitted or not begun.
 * @throws RunStoppedError when the service stops or the settings are no longer those that the run began with.
 * @throws RunCancelledError
 */
export async function stopIfNeeded({
  signal,
  organisation,
  settingsRevision,
  cancelledBy,
}: Pick<RunContext, 'signal' | 'organisation' | 'settingsRevision' | 'cancelledBy'>): Promise<void> {
  if (signal.aborted) throw new RunStoppedError('the service is stopping; another run follows');
  if ((await settingsRevision()) !== organisation.revision) {
    throw new RunStoppedError('the settings changed in the middle of the run');
  }
  const by = await cancelledBy();
  if (by !== undefined) throw new RunCancelledError(by);
}
