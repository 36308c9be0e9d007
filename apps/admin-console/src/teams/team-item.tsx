import { useContext } from 'react';
import { Button, Collection, TreeItem, TreeItemContent, TreeStateContext } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { Team } from './team.ts';
import type { TeamNode } from './tree-of.ts';

const { teams: said, common } = words;

interface TeamItemProps {
  readonly node: TeamNode<Team>;
  readonly onAskMove: (teamId: string) => void;
}

/** A team in the tree, with those below it. */
export function TeamItem({ node, onAskMove }: TeamItemProps) {
  const { id, name, children } = node;
  return (
    <TreeItem id={id} value={node} textValue={name} className="tree-item">
      <TreeItemContent>
        <span className="tree-row">
          <Button slot="drag" className="plain handle">
            <span aria-hidden="true">⠿</span>
          </Button>
          {children.length > 0 ? (
            <Button slot="chevron" className="plain chevron">
              <span aria-hidden="true">▸</span>
            </Button>
          ) : (
            <span className="chevron" />
          )}
          <TeamWords node={node} />
          <MoveButton id={id} name={name} onPress={() => onAskMove(id)} />
        </span>
      </TreeItemContent>
      <Collection items={children}>{(child) => <TeamItem node={child} onAskMove={onAskMove} />}</Collection>
    </TreeItem>
  );
}

interface MoveButtonProps {
  readonly id: string;
  readonly name: string;
  readonly onPress: () => void;
}

/** Makes its row the one where the focus is, so that the tree leaves the focus here, and follows it where the team goes. */
function MoveButton({ id, name, onPress }: MoveButtonProps) {
  const tree = useContext(TreeStateContext);
  return (
    <span onFocus={() => tree?.selectionManager.setFocusedKey(id)}>
      <Button className="plain" aria-label={said.moveLabel(name)} onPress={onPress}>
        {said.move}
      </Button>
    </span>
  );
}

const TeamWords = ({ node: { name, origin, members, children } }: { readonly node: TeamNode<Team> }) => (
  <span className="tree-words">
    {name}
    <span className="note">
      {common.people(members)}
      {children.length > 0 && `, ${said.below(children.length)}`}
      {origin === 'manual' && `, ${said.origins.manual.toLowerCase()}`}
    </span>
  </span>
);
