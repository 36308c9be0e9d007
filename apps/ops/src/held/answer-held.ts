import type { Arguments } from '../command-line/arguments.ts';
import { type Answer, type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { followRun } from '../sync/follow-run.ts';
import { request } from '../sync/request.ts';
import { heldPeople } from './held-people.ts';

// As many as one request may name.
const PEOPLE_A_REQUEST = 1000;
const PATIENCE_MS = 600_000;

export const approveHeld = answerHeld('approve', 'lets held changes take effect; each is proved again first');
export const rejectHeld = answerHeld('reject', 'leaves people as they are until their membership changes');

function answerHeld(verdict: 'approve' | 'reject', about: string): Command {
  return {
    name: `held ${verdict}`,
    takes: '--organisation O (--only IDS | --all)',
    about,
    flags: {
      ...organisationFlag,
      only: { type: 'string', about: 'the Object IDs of people that held show lists, separated by commas' },
      all: { type: 'boolean', about: 'everybody who waits now' },
      yes: { type: 'boolean', about: 'asks no question' },
    },
    run: async (surroundings, args) => {
      const { id, name } = await findOrganisation(surroundings.connection, args);
      const personIds = await namedPeople(surroundings, id, args);
      const question = `${verdict === 'approve' ? 'Approve' : 'Reject'} ${personIds.length} held changes of ${name}?`;
      if (!args.has('yes') && !(await surroundings.confirm(question))) {
        return { data: { people: 0, runs: [] }, text: 'nothing was answered', exitCode: 1 };
      }
      return giveAnswer(surroundings, id, verdict, personIds);
    },
  };
}

async function namedPeople({ connection }: Surroundings, organisationId: string, args: Arguments): Promise<string[]> {
  const only = args.text('only');
  if ((only === undefined) === !args.has('all')) throw new UsageError('say either --only IDS or --all');
  const waiting = ((await heldPeople(connection, organisationId))?.people ?? []).map(({ personId }) => personId);
  const named = only === undefined ? waiting : only.split(',').map((personId) => personId.trim().toLowerCase());
  const unknown = named.filter((personId) => !waiting.includes(personId));
  if (unknown.length > 0) throw new UsageError(`nothing waits for ${unknown.join(', ')}; held show lists who does`);
  if (named.length === 0) throw new UsageError('nothing waits for approval');
  return named;
}

async function giveAnswer(
  surroundings: Surroundings,
  organisationId: string,
  mode: 'approve' | 'reject',
  personIds: readonly string[],
): Promise<Answer> {
  const runs: string[] = [];
  for (let start = 0; start < personIds.length; start += PEOPLE_A_REQUEST) {
    const some = personIds.slice(start, start + PEOPLE_A_REQUEST);
    const requestId = await request(surroundings, { organisationId, mode, personIds: some });
    const run = await followRun(surroundings, requestId, { withinMs: PATIENCE_MS });
    if (run?.stage !== 'finished') {
      const text = `the answer is on its way as request ${requestId}, and no run has carried it out yet`;
      return { data: { people: start, runs, waiting: requestId }, text, exitCode: 1 };
    }
    runs.push(run._id);
  }
  const done = mode === 'approve' ? 'approved' : 'rejected';
  return { data: { people: personIds.length, runs }, text: `${personIds.length} ${done}` };
}
