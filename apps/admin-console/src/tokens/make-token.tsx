import { type SubmitEvent, useState } from 'react';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { words } from '../words/words.ts';
import { ScopeFields } from './scope-fields.tsx';
import type { MadeToken, Scope } from './token.ts';

interface Wanted {
  readonly name: string;
  readonly days: string;
  readonly scopes: readonly Scope[];
}

const { make: said } = words.tokens;
const nothing: Wanted = { name: '', days: '90', scopes: [] };

/** Makes a token for what is ticked. */
export function MakeToken({ onMade }: { readonly onMade: (made: MadeToken) => void }) {
  const [wanted, setWanted] = useState(nothing);
  const make = useCommand({
    send: ({ name, days, scopes }: Wanted) =>
      answerOf(api.POST('/api/tokens', { body: { name: name.trim(), days: Number(days), scopes: [...scopes] } })),
    done: () => said.done,
    changes: [['tokens'], ['audit-log']],
  });
  const set = (change: Partial<Wanted>) => setWanted({ ...wanted, ...change });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    make.mutate(wanted, {
      onSuccess: (made) => {
        setWanted(nothing);
        onMade(made);
      },
    });
  };
  return (
    <form className="card settings-form" aria-labelledby="make-heading" onSubmit={submit}>
      <h2 id="make-heading">{said.title}</h2>
      <TextField
        label={said.name}
        value={wanted.name}
        required
        pattern=".*\S.*"
        maxLength={100}
        autoComplete="off"
        onChange={(name) => set({ name })}
      />
      <TextField
        label={said.days}
        hint={said.daysHint}
        type="number"
        min="1"
        max="366"
        required
        value={wanted.days}
        onChange={(days) => set({ days })}
      />
      <ScopeFields scopes={wanted.scopes} onChange={(scopes) => set({ scopes })} />
      <p>
        <CommandButton
          type="submit"
          className="primary"
          isPending={make.isPending}
          isDisabled={wanted.scopes.length === 0}
        >
          {said.button}
        </CommandButton>
      </p>
    </form>
  );
}
