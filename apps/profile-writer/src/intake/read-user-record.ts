import type { BusRecord } from '@learnamp/bus';
import { type RunMarker, runMarker, userState, type UserState } from '@learnamp/contracts';
import type { Intake } from './create-batch-handler.ts';
import { readRecord } from './read-record.ts';

/** Reads a record of `directory.users`. */
export function readUserRecord(record: BusRecord): Intake<UserState, RunMarker> {
  const reading = readRecord([userState, runMarker], record);
  if ('outcome' in reading) return { kind: 'refused', outcome: reading.outcome };
  const { event } = reading;
  if (event.type === userState.type) return { kind: 'state', state: inLowerCase(event.data) };
  return markerIntake(event.data);
}

/** The schema knows the shape of a timestamp, not the calendar, and MongoDB stores no date that there isn't. */
export const markerIntake = (marker: RunMarker): Intake<never, RunMarker> =>
  Number.isNaN(Date.parse(marker.at))
    ? { kind: 'refused', outcome: { kind: 'dead-letter', reason: 'not as the schema says at /at' } }
    : { kind: 'marker', marker };

// Entra's ids are the same in any case; here they are compared, so they have one.
export const inLowerCase = (state: UserState): UserState => ({
  ...state,
  personId: state.personId.toLowerCase(),
  ...(state.managerId ? { managerId: state.managerId.toLowerCase() } : {}),
});
