import { ListBox, ListBoxItem } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { NamedGroup } from './microsoft.ts';

interface FoundGroupsProps {
  readonly groups: readonly NamedGroup[];
  /** Called with the Object ID of the group to look at. */
  readonly onLook: (id: string) => void;
}

const { group: said } = words.microsoft;

/** Groups whose names begin as asked; by arrow keys and typing, and Enter looks at one. */
export function FoundGroups({ groups, onLook }: FoundGroupsProps) {
  if (groups.length === 0) return null;
  return (
    <ListBox className="found-groups" aria-label={said.list} items={groups} onAction={(id) => onLook(String(id))}>
      {({ id, displayName }) => (
        <ListBoxItem id={id} textValue={displayName ?? said.unnamed}>
          {displayName ?? said.unnamed} <span className="note">{id}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
