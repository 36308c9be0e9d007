import type { BusRecord } from '@learnamp/bus';
import { mentionsOf, type Names } from '../person/mentions.ts';
import { readEvent } from '../topics/event-types.ts';

/**
 * The record without the entries of lists that name somebody, such as the first of those whom a run skipped; undefined where
 * it says nothing without them. What is about somebody else and names them as their manager stays as it is.
 */
export function redacted(record: BusRecord, names: Names): Pick<BusRecord, 'key' | 'value' | 'headers'> | undefined {
  const { key, headers } = record;
  if (record.value === null) return { key, value: null, headers };
  const event = readEvent(record);
  if ('unreadable' in event) return { key, value: record.value, headers };
  const value = Buffer.from(JSON.stringify(withoutEntries(event.data, names)));
  return 'unreadable' in readEvent({ value, headers }) ? undefined : { key, value, headers };
}

function withoutEntries(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) {
    return value.filter((each) => !isOnlyThem(each, names)).map((each) => withoutEntries(each, names));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutEntries(each, names)]));
}

/** An entry that names them itself, as against one that has a list in which they are. */
const isOnlyThem = (entry: unknown, names: Names) =>
  mentionsOf(entry, names).some((path) => !/(^|\.)\d+(\.|$)/.test(path));
