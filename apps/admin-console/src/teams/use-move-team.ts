import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import type { Team } from './team.ts';

export interface Move {
  readonly teamId: string;
  /** Null for a place at the top. */
  readonly parentId: string | null;
}

/** Puts a team below another one. The tree shows it once it is so: where it is refused nothing has moved. */
export function useMoveTeam(teams: readonly Team[]) {
  const nameOf = (teamId: string) => teams.find(({ id }) => id === teamId)?.name ?? teamId;
  return useCommand({
    send: async ({ teamId, parentId }: Move) =>
      carriedOut(
        await answerOf(api.PUT('/api/teams/{teamId}/parent', { params: { path: { teamId } }, body: { parentId } })),
      ),
    done: (given, { teamId, parentId }) =>
      givenWords(given, words.teams.moved(nameOf(teamId), parentId === null ? null : nameOf(parentId))),
    changes: [['teams']],
  });
}
