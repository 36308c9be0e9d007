import { Button } from 'react-aria-components';
import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { Confirm } from '../parts/confirm.tsx';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import type { Invitation } from './invitation.ts';

interface SendButtonsProps {
  /** Those that are ticked. */
  readonly selected: readonly Invitation[];
  /** How many are held, shown or not. */
  readonly held: number;
  readonly onSent: () => void;
}

const { invitations: said } = words;

/** Sends all invitations that are held, or only those that are ticked; each asks once more, with numbers. */
export function SendButtons({ selected, held, onSent }: SendButtonsProps) {
  const send = useCommand({
    send: async (learnerIds: string[] | undefined) => {
      const body = learnerIds === undefined ? {} : { learnerIds };
      return carriedOut(await answerOf(api.POST('/api/invitations/send', { body })));
    },
    done: (given) => givenWords(given, said.sent(given.outcome?.count ?? 0)),
    changes: [['invitations'], ['people'], ['overview']],
  });
  const ids = selected.map(({ learnerId }) => learnerId);
  return (
    <div className="actions">
      {ids.length > 0 && (
        <>
          <span>{said.selected(ids.length)}</span>
          <Send
            name={said.sendSelected(ids.length)}
            count={ids.length}
            onYes={() => send.mutate(ids, { onSuccess: onSent })}
          />
        </>
      )}
      {held > 0 && (
        <Send name={said.sendAll(held)} count={held} onYes={() => send.mutate(undefined, { onSuccess: onSent })} />
      )}
    </div>
  );
}

interface SendProps {
  readonly name: string;
  readonly count: number;
  readonly onYes: () => void;
}

const Send = ({ name, count, onYes }: SendProps) => (
  <Confirm trigger={<Button>{name}</Button>} title={said.sendTitle} yes={said.send} onYes={onYes}>
    <p>{said.sendBody(count)}</p>
  </Confirm>
);
