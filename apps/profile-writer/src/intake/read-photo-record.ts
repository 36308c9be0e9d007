import type { BusRecord } from '@learnamp/bus';
import { photosMarker, type PhotosMarker, photoState, type PhotoState } from '@learnamp/contracts';
import type { Intake } from './create-batch-handler.ts';
import { readRecord } from './read-record.ts';

/** Reads a record of `directory.photos`. */
export function readPhotoRecord(record: BusRecord): Intake<PhotoState, PhotosMarker> {
  const reading = readRecord([photoState, photosMarker], record);
  if ('outcome' in reading) return { kind: 'refused', outcome: reading.outcome };
  const { event } = reading;
  if (event.type === photosMarker.type) return { kind: 'marker', marker: event.data };
  return { kind: 'state', state: { ...event.data, personId: event.data.personId.toLowerCase() } };
}
