import { decodeEvent, runMarker, topics, userState } from '@learnamp/contracts';
import { learnerIdOf, learnerModel } from '@learnamp/learners';
import type { RunningWriters } from '../writers/running-writers.ts';

/** Events that count as done, by these offsets, and that the database knows nothing of, a line each. */
export async function offsetsAhead(
  { bus, connection }: Pick<RunningWriters, 'bus' | 'connection'>,
  committed: ReadonlyMap<number, bigint>,
): Promise<string[]> {
  const done = new Map<string, string>();
  for await (const record of bus.read({ topic: topics.directoryUsers.name })) {
    if (record.offset >= (committed.get(record.partition) ?? 0n)) continue;
    const decoded = decodeEvent([userState, runMarker], record);
    if (!decoded.ok) throw new Error(decoded.reason);
    if (decoded.event.type !== userState.type) continue;
    const { organisationId, personId, version } = decoded.event.data;
    done.set(learnerIdOf(organisationId, 'microsoft', personId), version);
  }
  const learners = await learnerModel(connection)
    .find({ _id: { $in: [...done.keys()] } })
    .lean();
  const applied = new Map(learners.map(({ _id, sources }) => [_id, sources.microsoft?.version ?? '']));
  return [...done].flatMap(([id, version]) =>
    (applied.get(id) ?? '') < version
      ? [`${id}: ${version} counts as done, and ${applied.get(id) ?? 'nothing'} is applied`]
      : [],
  );
}
