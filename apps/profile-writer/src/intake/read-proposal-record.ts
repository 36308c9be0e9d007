import type { BusRecord } from '@learnamp/bus';
import { previewMarker, proposal, type Proposal, type RunMarker } from '@learnamp/contracts';
import type { Intake } from './create-batch-handler.ts';
import { readRecord } from './read-record.ts';
import { inLowerCase, markerIntake } from './read-user-record.ts';

/** Reads a record of `directory.proposals`. */
export function readProposalRecord(record: BusRecord): Intake<Proposal, RunMarker> {
  const reading = readRecord([proposal, previewMarker], record);
  if ('outcome' in reading) return { kind: 'refused', outcome: reading.outcome };
  const { event } = reading;
  if (event.type === previewMarker.type) return markerIntake(event.data);
  return { kind: 'state', state: { ...event.data, state: inLowerCase(event.data.state) } };
}
