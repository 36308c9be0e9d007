import { decodeEvent, graphNotification, topics } from '@learnamp/contracts';
import { learnerModel } from '@learnamp/learners';
import { waitFor } from '../../identity/leaks/wait-for.ts';
import { offsetsAhead } from '../mongo-faults/offsets-ahead.ts';
import { GroupOffsets } from '../writers/group-offsets.ts';
import type { Surroundings } from './surroundings.ts';
import type { LoadOutcome } from './whole-load.ts';

const PATIENCE_MS = 60_000;

/** Accepted notifications that are not in the log, a line each. */
export async function lostNotifications({ bus }: Surroundings, { accepted }: LoadOutcome): Promise<string[]> {
  const missing = new Set(accepted);
  for await (const record of bus.read({ topic: topics.graphNotifications.name })) {
    const decoded = decodeEvent([graphNotification], record);
    if (decoded.ok) missing.delete(decoded.event.data.objectId ?? '');
  }
  return [...missing].map((id) => `the notification about ${id} was accepted and is not in the log`);
}

/** Published states that MongoDB does not have, and titles that it has not, however long it is waited for them. */
export async function lostStates(system: Surroundings, { titles }: LoadOutcome): Promise<string[]> {
  const { bus, brokers, topicPrefix, connection } = system;
  const late = () => lateTitles(system, titles);
  await waitFor('the titles are there', async () => (await late()).length === 0, PATIENCE_MS).catch(() => undefined);
  const offsets = await GroupOffsets.open(brokers, topicPrefix);
  try {
    await offsets.untilConsumed(PATIENCE_MS);
    const missing = await offsetsAhead({ bus, connection }, await offsets.committed());
    return [...missing, ...(await late())];
  } finally {
    await offsets.close();
  }
}

async function lateTitles({ connection, company }: Surroundings, titles: LoadOutcome['titles']): Promise<string[]> {
  const learners = await learnerModel(connection).find({ organisationId: company.id }).lean();
  const known = new Map(learners.map(({ sources, fields }) => [sources.microsoft?.personId, fields.jobTitle]));
  return [...titles].flatMap(([id, title]) =>
    known.get(id) === title ? [] : [`${id} is ${known.get(id) ?? 'unknown'}, and in the directory ${title}`],
  );
}
