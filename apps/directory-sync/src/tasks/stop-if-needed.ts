import type { RunContext } from '../runs/run-context.ts';
import { RunStoppedError } from './as-run.ts';

/** @throws RunStoppedError when the service stops or the settings are no longer those that the run began with. */
export async function stopIfNeeded({ signal, organisation, settingsRevision }: RunContext): Promise<void> {
  if (signal.aborted) throw new RunStoppedError('the service is stopping; another run follows');
  if ((await settingsRevision()) !== organisation.revision) {
    throw new RunStoppedError('the settings changed in the middle of the run');
  }
}
