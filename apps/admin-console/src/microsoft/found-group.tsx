import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { focusOn } from '../parts/focus-on.ts';
import { words } from '../words/words.ts';
import { GroupTree } from './group-tree.tsx';
import type { AnsweredGroup } from './microsoft.ts';

interface FoundGroupProps {
  readonly group: AnsweredGroup;
  readonly answerId: string;
  /** The Object ID of the group that is chosen now. */
  readonly chosen: string | null;
}

const { group: said } = words.microsoft;

/** A group that was looked at: what is in it, and a button to choose it, which asks once more where another one is chosen. */
export function FoundGroup({ group, answerId, chosen }: FoundGroupProps) {
  const choose = useCommand({
    send: () => answerOf(api.PUT('/api/microsoft/group', { body: { answerId } })),
    done: () => {
      // The button that chose it is not needed any more.
      focusOn('group-heading');
      return said.chosenDone;
    },
    changes: [['microsoft'], ['settings'], ['group-tree'], ['overview'], ['sync-runs'], ['audit-log']],
  });
  const pick = () => choose.mutate(undefined);
  return (
    <>
      <GroupTree group={group} />
      {group.id !== chosen && (
        <p>
          {chosen === null ? (
            <CommandButton className="primary" isPending={choose.isPending} onPress={pick}>
              {said.choose}
            </CommandButton>
          ) : (
            <Confirm
              trigger={<CommandButton isPending={choose.isPending}>{said.choose}</CommandButton>}
              title={said.confirmTitle}
              yes={said.choose}
              isDangerous
              onYes={pick}
            >
              <p>{said.confirm(group.people)}</p>
            </Confirm>
          )}
        </p>
      )}
    </>
  );
}
