import { type DropTarget, useDragAndDrop } from 'react-aria-components';
import type { Team } from './team.ts';
import type { TeamNode } from './tree-of.ts';
import type { Move } from './use-move-team.ts';

/** Dragging teams, by mouse, touch and keyboard: onto a team is below it, between two is beside them. */
export function useTeamDrag(teams: readonly Team[], onMove: (move: Move) => void) {
  const { dragAndDropHooks } = useDragAndDrop<TeamNode<Team>>({
    getItems: (_keys, nodes) => nodes.map(({ name }) => ({ 'text/plain': name })),
    getAllowedDropOperations: () => ['move'],
    onMove: ({ keys, target }) => {
      const parentId = parentAt(target, teams);
      for (const key of keys) onMove({ teamId: String(key), parentId });
    },
  });
  return dragAndDropHooks;
}

/** Below which team something is that is dropped there. */
function parentAt(target: DropTarget, teams: readonly Team[]): string | null {
  if (target.type === 'root') return null;
  const team = String(target.key);
  return target.dropPosition === 'on' ? team : (teams.find(({ id }) => id === team)?.parentId ?? null);
}
