import { randomUUID } from 'node:crypto';
import { type Answer, type Command, UsageError } from '../command-line/command.ts';
import { giveCommand, commandAnswer } from '../learner-commands/give-command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { followRun } from '../sync/follow-run.ts';
import { request } from '../sync/request.ts';
import { answerOf, secondsFrom, withinFlag } from '../sync/sync.ts';

export const rebuild: Command = {
  name: 'rebuild',
  takes: '--organisation O [--within SECONDS]',
  about:
    'has a full run say everything of an organisation anew, as if nothing were applied; wipes nothing, and leaves what was ' +
    'made by hand alone',
  flags: { ...organisationFlag, ...withinFlag },
  run: async (surroundings, args) => {
    const { id: organisationId, groupId, provisioning } = await findOrganisation(surroundings.connection, args);
    if (groupId === null || !provisioning.enabled) {
      throw new UsageError('this organisation is not provisioned, and a full run is what rebuilds it');
    }
    const withinMs = secondsFrom(args) * 1000;
    const commandId = randomUUID();
    await giveCommand(surroundings, organisationId, commandId, { kind: 'clear-applied' });
    const cleared = await commandAnswer(surroundings, commandId);
    if (cleared.state !== 'applied') return notCleared(cleared);
    const requestId = await request(surroundings, { organisationId, mode: 'full' });
    const told = `the marks of ${cleared.count} people are cleared`;
    if (withinMs === 0)
      return { data: { cleared: cleared.count, requestId, run: null }, text: `${told}; a full run is asked for` };
    const answer = answerOf(requestId, await followRun(surroundings, requestId, { withinMs }));
    return { ...answer, data: { cleared: cleared.count, ...(answer.data as object) }, text: `${told}\n${answer.text}` };
  },
};

/** No run is asked for then: it would find everything unchanged. */
function notCleared(cleared: { readonly state: 'waiting' | 'refused'; readonly reason?: string }): Answer {
  const why = cleared.reason ?? 'profile-writer has not taken it up; is it running?';
  return { data: { cleared: null, run: null }, text: `the marks could not be cleared: ${why}`, exitCode: 1 };
}
