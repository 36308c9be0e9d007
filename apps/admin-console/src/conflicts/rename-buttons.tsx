import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import type { Rename } from './conflicts.ts';

const { conflicts: said } = words;

/** Whether it is the same department under another name. */
export function RenameButtons({ rename: { from, to } }: { readonly rename: Rename }) {
  const give = useCommand({
    send: async (answer: 'accept' | 'dismiss') => {
      const body = { from: from.id, to: to.id, answer };
      return carriedOut(await answerOf(api.POST('/api/department-renames/answers', { body })));
    },
    done: (given) => givenWords(given, said.answered),
    changes: [['department-renames'], ['teams'], ['people']],
  });
  return (
    <div className="actions">
      <Confirm
        trigger={
          <CommandButton
            className="secondary"
            aria-label={said.acceptLabel(from.name, to.name)}
            isPending={give.isPending}
          >
            {said.accept}
          </CommandButton>
        }
        title={said.acceptTitle}
        yes={said.accept}
        onYes={() => give.mutate('accept')}
      >
        <p>{said.acceptAbout(from.name, to.name)}</p>
      </Confirm>
      <CommandButton
        aria-label={said.dismissLabel(from.name, to.name)}
        isPending={give.isPending}
        onPress={() => give.mutate('dismiss')}
      >
        {said.dismiss}
      </CommandButton>
    </div>
  );
}
