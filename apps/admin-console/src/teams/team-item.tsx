import { Button, Collection, TreeItem, TreeItemContent } from 'react-aria-components';
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
    <TreeItem id={id} textValue={name} className="tree-item">
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
          <Button className="plain" aria-label={said.moveLabel(name)} onPress={() => onAskMove(id)}>
            {said.move}
          </Button>
        </span>
      </TreeItemContent>
      <Collection items={children}>{(child) => <TeamItem node={child} onAskMove={onAskMove} />}</Collection>
    </TreeItem>
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
