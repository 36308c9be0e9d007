import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import type { Team } from './team.ts';

interface Somebody {
  readonly learnerId: string;
  readonly name: string;
}

const changes = [['teams'], ['people', 'one']];

/** Puts people into a team by hand. */
export const useAddMember = ({ id: teamId }: Team) =>
  useCommand({
    send: async ({ learnerId }: Somebody) => {
      const asked = { params: { path: { teamId } }, body: { learnerId } };
      return carriedOut(await answerOf(api.POST('/api/teams/{teamId}/members', asked)));
    },
    done: (given, { name }) => givenWords(given, words.teams.added(name)),
    changes,
  });

/** Ends what was made by hand; whoever is in the team by their department stays. */
export const useRemoveMember = ({ id: teamId }: Team) =>
  useCommand({
    send: async ({ learnerId }: Somebody) => {
      const asked = { params: { path: { teamId, learnerId } } };
      return carriedOut(await answerOf(api.DELETE('/api/teams/{teamId}/members/{learnerId}', asked)));
    },
    done: (given, { name }) => givenWords(given, words.teams.removed(name)),
    changes,
  });
