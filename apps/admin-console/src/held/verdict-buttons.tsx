import { Button } from 'react-aria-components';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { Confirm } from '../parts/confirm.tsx';
import { words } from '../words/words.ts';
import type { HeldChange } from './held.ts';

interface VerdictButtonsProps {
  readonly selected: readonly HeldChange[];
  readonly total: number;
  readonly shownAt: string;
  readonly onGiven: () => void;
}

type Verdict = 'approve' | 'reject';

interface Answer {
  readonly verdict: Verdict;
  readonly personIds?: string[];
  readonly heldUntil?: string;
}

const { held: said, common } = words;

/** Allow or reject everybody, or only those who are ticked; each asks once more, with numbers. */
export function VerdictButtons({ selected, total, shownAt, onGiven }: VerdictButtonsProps) {
  const give = useCommand({
    send: (answer: Answer) => answerOf(api.POST('/api/held-changes/verdicts', { body: answer })),
    done: ({ people }) => said.given(people),
    changes: [['held-changes'], ['overview'], ['sync-runs']],
  });
  const answer = (verdict: Verdict, isAll: boolean) => () => {
    const whom = isAll ? { heldUntil: shownAt } : { personIds: selected.map(({ personId }) => personId) };
    give.mutate({ verdict, ...whom }, { onSuccess: onGiven });
  };
  const some = selected.length > 0;
  return (
    <div className="actions">
      {some && (
        <>
          <span>{said.selected(selected.length)}</span>
          <Ask
            verdict="approve"
            name={said.approveSelected}
            about={aboutSelected(selected)}
            onYes={answer('approve', false)}
          />
          <Ask
            verdict="reject"
            name={said.rejectSelected}
            about={aboutSelected(selected)}
            onYes={answer('reject', false)}
          />
        </>
      )}
      <Ask
        verdict="approve"
        name={said.approveAll(total)}
        about={common.people(total)}
        onYes={answer('approve', true)}
      />
      <Ask verdict="reject" name={said.rejectAll(total)} about={common.people(total)} onYes={answer('reject', true)} />
    </div>
  );
}

interface AskProps {
  readonly verdict: Verdict;
  readonly name: string;
  readonly about: string;
  readonly onYes: () => void;
}

function Ask({ verdict, name, about, onYes }: AskProps) {
  const isApproval = verdict === 'approve';
  const { confirm } = said;
  return (
    <Confirm
      trigger={<Button className={isApproval ? 'primary' : 'secondary'}>{name}</Button>}
      title={isApproval ? confirm.approveTitle : confirm.rejectTitle}
      yes={isApproval ? confirm.yes : confirm.no}
      isDangerous={isApproval}
      onYes={onYes}
    >
      <p>{confirm[verdict](about)}</p>
    </Confirm>
  );
}

function aboutSelected(selected: readonly HeldChange[]): string {
  const removals = selected.filter(({ direction }) => direction === 'removal').length;
  const additions = selected.length - removals;
  return [removals > 0 && said.confirm.removals(removals), additions > 0 && said.confirm.additions(additions)]
    .filter((words) => words !== false)
    .join(', ');
}
