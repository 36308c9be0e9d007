import type { BusRecord } from '@learnamp/bus';
import { readEvent, shortType } from './event-types.ts';

/** A record as operators see it. */
export interface ShownRecord {
  readonly partition: number;
  readonly offset: string;
  readonly at: string;
  readonly key: string | null;
  /** Null where it can't be read as an event. */
  readonly type: string | null;
  readonly data: unknown;
  /** Why it can't be read. */
  readonly problem: string | null;
}

export function shownRecord(record: BusRecord): ShownRecord {
  const { partition, offset, timestamp, key } = record;
  const place = {
    ...{ partition, offset: String(offset), at: new Date(timestamp).toISOString() },
    key: key?.toString() ?? null,
  };
  if (record.value === null) return { ...place, type: 'tombstone', data: null, problem: null };
  const event = readEvent(record);
  if ('unreadable' in event) return { ...place, type: null, data: null, problem: event.unreadable };
  return { ...place, type: event.type, data: event.data, problem: null };
}

/** One line of it; long texts, such as a photo's bytes, by their length. */
export function lineOf({ partition, offset, at, key, type, data, problem }: ShownRecord): string {
  const what = problem === null ? JSON.stringify(data, shortened) : `(${problem})`;
  return [`${partition}/${offset}`, at, type === null ? 'unreadable' : shortType(type), key ?? '(no key)', what].join(
    '  ',
  );
}

const LONGEST = 2000;

const shortened = (_name: string, value: unknown) =>
  typeof value === 'string' && value.length > LONGEST ? `(${value.length} characters)` : value;
