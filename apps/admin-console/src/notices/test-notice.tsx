import { type SubmitEvent, useState } from 'react';
import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { ChoiceField } from '../parts/choice-field.tsx';
import { CommandButton } from '../parts/command-button.tsx';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import type { NoticeKind } from './notice-kinds.ts';

const { test: said, kinds } = words.notices;

/** Sends whoever asks a mail of a kind. */
export function TestNotice() {
  const [kind, setKind] = useState<NoticeKind>('approval');
  const send = useCommand({
    send: async (wanted: NoticeKind) =>
      carriedOut(await answerOf(api.POST('/api/notification-tests', { body: { kind: wanted } }))),
    done: (given) => givenWords(given, said.sent),
    changes: [],
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send.mutate(kind);
  };
  return (
    <section className="card" aria-labelledby="test-notice-heading">
      <h2 id="test-notice-heading">{said.title}</h2>
      <p className="faint">{said.about}</p>
      <form className="filters" onSubmit={submit}>
        <ChoiceField label={said.kind} value={kind} choices={kinds} onChange={setKind} />
        <CommandButton type="submit" isPending={send.isPending}>
          {said.send}
        </CommandButton>
      </form>
    </section>
  );
}
