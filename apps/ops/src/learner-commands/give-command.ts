import { setTimeout as delay } from 'node:timers/promises';
import { encodeEvent, type LearnerAction, learnerCommand, learnerCommandKey } from '@learnamp/contracts';
import { commandOutcomeModel } from '@learnamp/learners';
import type { Surroundings } from '../command-line/command.ts';

/** `waiting`: profile-writer has not carried it out yet; it will. */
export type CommandAnswer =
  | { readonly state: 'applied'; readonly count: number }
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly reason: string };

const PATIENCE_MS = 15_000;
const POLL_MS = 200;

/** Has profile-writer do something; once this resolves, the command is durable. */
export async function giveCommand(
  { bus, clock }: Pick<Surroundings, 'bus' | 'clock'>,
  organisationId: string,
  commandId: string,
  action: LearnerAction,
): Promise<void> {
  const command = { commandId, organisationId, requestedBy: 'learnamp-ops', action };
  const about = { organisationId, key: learnerCommandKey(command), source: 'ops', time: clock() };
  await bus().publish([encodeEvent(learnerCommand, command, about)]);
}

/** What a command came to; waits a little for it. */
export async function commandAnswer(
  { connection, signal, progress }: Surroundings,
  commandId: string,
): Promise<CommandAnswer> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await commandOutcomeModel(connection).findById(commandId).lean();
    const isOver = found !== null || performance.now() > until || signal.aborted;
    if (isOver) progress('');
    if (found?.outcome === 'applied') return { state: 'applied', count: found.count };
    if (found) return { state: 'refused', reason: found.reason ?? '' };
    if (isOver) return { state: 'waiting' };
    progress('waiting for profile-writer');
    await delay(POLL_MS);
  }
}
