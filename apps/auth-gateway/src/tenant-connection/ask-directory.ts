import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@learnamp/bus';
import { encodeEvent, syncRequest, type SyncRequest } from '@learnamp/contracts';
import type { DirectoryAnswer } from '@learnamp/sync-state';
import type { Model } from 'mongoose';

export interface AskDirectoryDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly directoryAnswers: Model<DirectoryAnswer>;
  readonly clock: () => Date;
}

export interface Question {
  readonly organisationId: string;
  readonly question: NonNullable<SyncRequest['question']>;
  readonly lookUp?: string;
  readonly requestedBy: string;
}

const PATIENCE_MS = 2_000;
const POLL_MS = 100;

/** Asks directory-sync what the directory says, and waits a little for the answer, which is found under the id. */
export async function askDirectory(deps: AskDirectoryDeps, asked: Question): Promise<string> {
  const { organisationId } = asked;
  const requestId = randomUUID();
  const context = { organisationId, key: organisationId, source: 'auth-gateway', time: deps.clock() };
  await deps.bus.publish([encodeEvent(syncRequest, { ...asked, mode: 'ask', requestId }, context)]);
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline && !(await answerOf(deps, organisationId, requestId))) await delay(POLL_MS);
  return requestId;
}

/** The answer to a question of this organisation; null while there is none. */
export const answerOf = (
  { directoryAnswers }: Pick<AskDirectoryDeps, 'directoryAnswers'>,
  organisationId: string,
  requestId: string,
): Promise<DirectoryAnswer | null> => directoryAnswers.findOne({ _id: requestId, organisationId }).lean();
