import { type SubmitEvent, useId } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { Team } from './team.ts';
import { isUnder, parentsOf, upwards } from './tree-of.ts';
import type { Move } from './use-move-team.ts';

const { teams: said, common } = words;

interface MoveDialogProps {
  /** Which team is moved; undefined while none is. */
  readonly team: Team | undefined;
  readonly teams: readonly Team[];
  readonly onMove: (move: Move) => void;
  readonly onClose: () => void;
}

/** Moving a team without dragging it. */
export function MoveDialog({ team, onClose, ...rest }: MoveDialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isDismissable
      isOpen={team !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="modal">
        <Dialog className="dialog">{team && <MoveForm team={team} onClose={onClose} {...rest} />}</Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function MoveForm({ team, teams, onMove, onClose }: MoveDialogProps & { readonly team: Team }) {
  const id = useId();
  const move = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parentId = new FormData(event.currentTarget).get('parent');
    onClose();
    onMove({ teamId: team.id, parentId: typeof parentId === 'string' && parentId !== '' ? parentId : null });
  };
  return (
    <form className="stack" onSubmit={move}>
      <Heading slot="title">{said.moveTitle(team.name)}</Heading>
      <p>{said.moveAbout}</p>
      <div className="field">
        <label htmlFor={id}>{said.parent}</label>
        <select id={id} name="parent" defaultValue={team.parentId ?? ''}>
          <option value="">{said.top}</option>
          <Parents team={team} teams={teams} />
        </select>
      </div>
      <div className="actions">
        <button type="submit" className="primary">
          {said.moveYes}
        </button>
        <Button onPress={onClose}>{common.cancel}</Button>
      </div>
    </form>
  );
}

/** Every other team, by its whole way down. One that is below the team already can't be chosen, and says why. */
function Parents({ team, teams }: { readonly team: Team; readonly teams: readonly Team[] }) {
  const parents = parentsOf(teams);
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const wayTo = (id: string) =>
    [...upwards(id, parents)]
      .reverse()
      .flatMap((above) => names.get(above) ?? [])
      .join(' › ');
  const others = teams
    .filter(({ id }) => id !== team.id)
    .map(({ id }) => ({ id, way: wayTo(id), isBelow: isUnder(id, team.id, parents) }))
    .sort((one, other) => one.way.localeCompare(other.way));
  return others.map(({ id, way, isBelow }) => (
    <option key={id} value={id} disabled={isBelow}>
      {isBelow ? said.isBelow(way) : way}
    </option>
  ));
}
