import type { GroupPath, UserState } from '@learnamp/contracts';
import type { WantedState } from '@learnamp/directory';

/** A decided state, with the version that it was given, as it is said of the person. */
export interface VersionedState {
  readonly state: WantedState;
  readonly hash: string;
  readonly version: string;
  /** By which groups the person is in scope, or was. */
  readonly path?: GroupPath | undefined;
}

export const eventOf = (
  organisationId: string,
  runId: string,
  { state, hash, version, path }: VersionedState,
): UserState => ({ organisationId, source: 'microsoft', version, hash, runId, ...(path ? { path } : {}), ...state });
