import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { focusOn } from '../parts/focus-on.ts';
import { words } from '../words/words.ts';
import type { Token } from './token.ts';

const { tokens: said } = words;

/** Ends a token at once, after asking. */
export function RevokeButton({ token: { id, name, scopes } }: { readonly token: Token }) {
  const revoke = useCommand({
    send: () => answerOf(api.DELETE('/api/tokens/{id}', { params: { path: { id } } })),
    done: () => {
      // The button goes with its row.
      focusOn('tokens-heading');
      return said.revoked;
    },
    changes: [['tokens'], ['audit-log']],
  });
  return (
    <Confirm
      trigger={
        <CommandButton aria-label={said.revokeNamed(name)} isPending={revoke.isPending}>
          {said.revoke}
        </CommandButton>
      }
      title={said.revokeTitle}
      yes={said.revoke}
      isDangerous
      onYes={() => revoke.mutate(undefined)}
    >
      <p>{said.revokeBody(name, scopes.length)}</p>
    </Confirm>
  );
}
