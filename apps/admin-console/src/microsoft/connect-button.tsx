import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { goTo } from './go-to.ts';
import type { ReturnTo } from './microsoft.ts';

interface ConnectButtonProps {
  readonly consent: 'sign-in' | 'provisioning';
  readonly name: string;
  readonly returnTo: ReturnTo;
  readonly isPrimary?: boolean;
}

/** Asks for an administrator's consent: goes on at Microsoft, and comes back to the same page. */
export function ConnectButton({ consent, name, returnTo, isPrimary = false }: ConnectButtonProps) {
  const begin = useCommand({
    send: () => answerOf(api.POST('/api/microsoft/connections', { body: { consent, returnTo } })),
    changes: [],
  });
  return (
    <CommandButton
      className={isPrimary ? 'primary' : 'secondary'}
      isPending={begin.isPending || begin.isSuccess}
      onPress={() => begin.mutate(undefined, { onSuccess: goTo })}
    >
      {name}
    </CommandButton>
  );
}
