import type { Connection } from 'mongoose';

/** What belongs to runs as such, and so to a preview too: whose turn it is, and when the next one comes. */
const ofRuns = new Set(['lease', 'sequence', 'dueAt', 'shortDueAt', 'pausedUntil']);

// MongoDB forgets these by itself, by its own clock.
const forgotten = new Set(['commandOutcomes', 'inspections']);

/** Everything that a database has but a run and its rows: a text for each document, by collection and id. */
export async function whatIsKept({ db }: Connection, runId: string): Promise<ReadonlyMap<string, string>> {
  const kept = new Map<string, string>();
  for (const { name } of (await db?.listCollections({}, { nameOnly: true }).toArray()) ?? []) {
    if (forgotten.has(name)) continue;
    for (const document of (await db?.collection(name).find().toArray()) ?? []) {
      if (String(document._id) === runId || document['runId'] === runId) continue;
      const shown = Object.entries(document).filter(([field]) => !ofRuns.has(field));
      kept.set(`${name} ${String(document._id)}`, JSON.stringify(shown));
    }
  }
  return kept;
}

/** What is other than it was, a line each. */
export function changesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name) && !(isWorkRecord(name) && !before.has(name)))
    .map((name) => `the preview changed ${name}`);
}

/** It is made by whoever asks first, for whatever. */
const isWorkRecord = (name: string) => name.startsWith('workRecords ');
