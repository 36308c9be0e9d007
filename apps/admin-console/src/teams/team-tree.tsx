import { useMemo, useState } from 'react';
import { type Key, type Selection, Tree } from 'react-aria-components';
import { words } from '../words/words.ts';
import { TeamItem } from './team-item.tsx';
import type { Team } from './team.ts';
import { parentsOf, treeOf, upwards } from './tree-of.ts';
import type { Move } from './use-move-team.ts';
import { useTeamDrag } from './use-team-drag.ts';

interface TeamTreeProps {
  readonly teams: readonly Team[];
  readonly chosen: string | null;
  readonly onChoose: (teamId: string) => void;
  readonly onMove: (move: Move) => void;
  /** Somebody wants to move a team without dragging it. */
  readonly onAskMove: (teamId: string) => void;
}

/** Teams below teams: to open, to choose from, and to move about. */
export function TeamTree({ teams, chosen, onChoose, onMove, onAskMove }: TeamTreeProps) {
  const nodes = useMemo(() => treeOf(teams), [teams]);
  const [open, setOpen] = useState<ReadonlySet<Key>>(() => openAtFirst(teams, chosen));
  const dragAndDropHooks = useTeamDrag(teams, (move) => {
    // Where it went is shown.
    if (move.parentId !== null) setOpen(new Set([...open, move.parentId]));
    onMove(move);
  });
  const choose = (keys: Selection) => {
    const [key] = keys === 'all' ? [] : keys;
    if (key !== undefined) onChoose(String(key));
  };
  return (
    <Tree
      aria-label={words.teams.tree}
      className="tree"
      items={nodes}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={choose}
      expandedKeys={open}
      onExpandedChange={setOpen}
      dragAndDropHooks={dragAndDropHooks}
    >
      {(node) => <TeamItem node={node} onAskMove={onAskMove} />}
    </Tree>
  );
}

/** The first level, and whatever the chosen team is in. */
function openAtFirst(teams: readonly Team[], chosen: string | null): ReadonlySet<Key> {
  const tops = treeOf(teams).map(({ id }) => id);
  const above = chosen === null ? [] : upwards(chosen, parentsOf(teams)).slice(1);
  return new Set([...tops, ...above]);
}
