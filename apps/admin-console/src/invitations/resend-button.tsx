import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import { canBeSentAgain, type Invitation } from './invitation.ts';

const { invitations: said } = words;

/** For an invitation that may not have come, or whose link has ended. */
export function ResendButton({ invitation }: { readonly invitation: Invitation }) {
  const { learnerId, name } = invitation;
  const resend = useCommand({
    send: async () => carriedOut(await answerOf(api.POST('/api/invitations/resend', { body: { learnerId } }))),
    done: (given) => givenWords(given, said.resent),
    changes: [['invitations'], ['people']],
  });
  if (!canBeSentAgain(invitation)) return null;
  return (
    <CommandButton
      aria-label={said.againTo(name)}
      isPending={resend.isPending}
      onPress={() => resend.mutate(undefined)}
    >
      {said.again}
    </CommandButton>
  );
}
