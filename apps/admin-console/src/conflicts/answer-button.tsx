import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';

type Answer = paths['/api/conflicts/answers']['post']['requestBody']['content']['application/json'];

interface AnswerButtonProps {
  readonly name: string;
  /** The same for whoever doesn't see what it stands beside. */
  readonly label: string;
  readonly title: string;
  /** What is going to happen. */
  readonly about: string;
  readonly yes: string;
  readonly answer: Answer;
}

/** One answer to who somebody is; it says what comes of it, and asks once more. */
export function AnswerButton({ name, label, title, about, yes, answer }: AnswerButtonProps) {
  const give = useCommand({
    send: async (body: Answer) => carriedOut(await answerOf(api.POST('/api/conflicts/answers', { body }))),
    done: (given) => givenWords(given, words.conflicts.answered),
    changes: [['conflicts'], ['overview'], ['people'], ['explanations']],
  });
  return (
    <Confirm
      trigger={
        <CommandButton className="secondary" aria-label={label} isPending={give.isPending}>
          {name}
        </CommandButton>
      }
      title={title}
      yes={yes}
      onYes={() => give.mutate(answer)}
    >
      <p>{about}</p>
    </Confirm>
  );
}
