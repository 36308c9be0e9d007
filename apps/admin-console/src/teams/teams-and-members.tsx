import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { words } from '../words/words.ts';
import { MoveDialog } from './move-dialog.tsx';
import { TeamMembers } from './team-members.tsx';
import type { Team } from './team.ts';
import { TeamTree } from './team-tree.tsx';
import { type Move, useMoveTeam } from './use-move-team.ts';

const { teams: said } = words;

/** The tree, beside the members of the team that is chosen in it, or by the address. */
export function TeamsAndMembers({ teams }: { readonly teams: readonly Team[] }) {
  const [query, setQuery] = useSearchParams();
  const [moving, setMoving] = useState<string | null>(null);
  const { mutate } = useMoveTeam(teams);
  const teamOf = (teamId: string | null) => teams.find(({ id }) => id === teamId);
  const move = ({ teamId, parentId }: Move) => {
    if (teamOf(teamId)?.parentId !== parentId) mutate({ teamId, parentId });
  };
  const chosen = query.get('team');
  return (
    <div className="columns">
      <section className="card" aria-labelledby="tree-heading">
        <h2 id="tree-heading">{said.tree}</h2>
        <p className="faint">{said.treeHint}</p>
        <TeamTree
          teams={teams}
          chosen={chosen}
          onChoose={(team) => setQuery({ team })}
          onMove={move}
          onAskMove={setMoving}
        />
      </section>
      <Members chosen={chosen} team={teamOf(chosen)} />
      <MoveDialog team={teamOf(moving)} teams={teams} onMove={move} onClose={() => setMoving(null)} />
    </div>
  );
}

interface MembersProps {
  readonly chosen: string | null;
  readonly team: Team | undefined;
}

function Members({ chosen, team }: MembersProps) {
  if (team) return <TeamMembers key={team.id} team={team} />;
  return (
    <section className="card empty" aria-label={said.members}>
      <p>{chosen === null ? said.choose : said.gone}</p>
    </section>
  );
}
