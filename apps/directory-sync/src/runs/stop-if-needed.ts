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

/** @throws RunStoppedError when the service stops or the settings are no longer those that the run began with. */
export async function stopIfNeeded({
  signal,
  organisation,
  settingsRevision,
}: Pick<RunContext, 'signal' | 'organisation' | 'settingsRevision'>): Promise<void> {
  if (signal.aborted) throw new RunStoppedError('the service is stopping; another run follows');
  if ((await settingsRevision()) !== organisation.revision) {
    throw new RunStoppedError('the settings changed in the middle of the run');
  }
}
