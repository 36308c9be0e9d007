import { CommandButton } from '../parts/command-button.tsx';
import { focusOn } from '../parts/focus-on.ts';
import { useSaveSettings } from '../settings/use-settings.ts';
import { words } from '../words/words.ts';
import type { Standing } from './with-standing.tsx';

const { wait: said } = words.setup;

/** While provisioning is on, choosing a group would begin its first sync: lets whoever sets it up look ahead before that. */
export function WaitNotice({ settings: { revision, provisioning }, microsoft, full }: Standing) {
  const save = useSaveSettings(() => {
    // The notice is over then.
    focusOn('group-heading');
    return said.done;
  });
  if (!provisioning.enabled || microsoft.groupId !== null || full !== null) return null;
  return (
    <div className="notice warn">
      <p>{said.body}</p>
      <CommandButton
        isPending={save.isPending}
        onPress={() => save.mutate({ revision, provisioning: { enabled: false } })}
      >
        {said.button}
      </CommandButton>
    </div>
  );
}
