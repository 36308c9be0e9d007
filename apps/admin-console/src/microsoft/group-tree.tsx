import { words } from '../words/words.ts';
import type { AnsweredGroup } from './microsoft.ts';
import { type GroupNode, nestGroups } from './nest-groups.ts';

const { group: said } = words.microsoft;

/** A group with those nested in it, and how many each has directly. */
export function GroupTree({ group: { nested, tree } }: { readonly group: AnsweredGroup }) {
  const more = nested + 1 - tree.length;
  return (
    <>
      <div className="group-tree" role="group" aria-label={said.tree}>
        <Groups groups={nestGroups(tree)} />
      </div>
      {more > 0 && <p className="faint">{said.more(more)}</p>}
    </>
  );
}

const Groups = ({ groups }: { readonly groups: readonly GroupNode[] }) => (
  <ul>
    {groups.map(({ id, displayName, people, groups: inIt, children }) => (
      <li key={id}>
        {displayName ?? id} <span className="faint">{said.inIt(people, inIt)}</span>
        {children.length > 0 && <Groups groups={children} />}
      </li>
    ))}
  </ul>
);
