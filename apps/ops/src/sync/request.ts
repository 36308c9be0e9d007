import { encodeEvent, syncRequest, type SyncRequest } from '@learnamp/contracts';
import { randomUUID } from 'node:crypto';
import type { Surroundings } from '../command-line/command.ts';

/** Asks directory-sync for something; once this resolves, the request is durable. Answers with its id. */
export async function request(
  { bus }: Pick<Surroundings, 'bus'>,
  wanted: Omit<SyncRequest, 'requestId' | 'requestedBy'>,
): Promise<string> {
  const requestId = randomUUID();
  const { organisationId } = wanted;
  const context = { organisationId, key: organisationId, source: 'ops', time: new Date() };
  await bus().publish([encodeEvent(syncRequest, { ...wanted, requestId, requestedBy: 'learnamp-ops' }, context)]);
  return requestId;
}
