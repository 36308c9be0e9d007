import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Moment } from '../parts/moment.tsx';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import type { Person } from './person.ts';

const { invitation: said } = words.person;

type Invitation = NonNullable<Person['invitation']>;

/** How far somebody's invitation is, and sending it where that helps. */
export function PersonInvitation({ person: { learnerId, invitation } }: { readonly person: Person }) {
  return (
    <section className="card" aria-labelledby="invitation-heading">
      <h2 id="invitation-heading">{said.title}</h2>
      {invitation === null ? (
        <p className="faint">{said.none}</p>
      ) : (
        <>
          <Told invitation={invitation} />
          <Send learnerId={learnerId} state={invitation.state} />
        </>
      )}
    </section>
  );
}

function Told({ invitation: { stateInWords, address, reason, at } }: { readonly invitation: Invitation }) {
  return (
    <div>
      <p>
        {stateInWords} {address !== null && `${said.to} ${address}`}{' '}
        {at !== null && (
          <span className="faint">
            (<Moment at={at} />)
          </span>
        )}
      </p>
      {reason !== null && <p className="faint">{reason}</p>}
    </div>
  );
}

// What is on its way, or has arrived, is not sent twice.
const again: readonly Invitation['state'][] = ['unconfirmed', 'refused', 'expired'];

function Send({ learnerId, state }: { readonly learnerId: string; readonly state: Invitation['state'] }) {
  const isHeld = state === 'held';
  const send = useCommand({
    send: async (id: string) => carriedOut(await answerOf(isHeld ? sendHeld(id) : resend(id))),
    done: (given) => givenWords(given, said.sent),
    changes: [['people'], ['invitations'], ['overview']],
  });
  if (!isHeld && !again.includes(state)) return null;
  return (
    <p className="actions">
      <CommandButton className="secondary" isPending={send.isPending} onPress={() => send.mutate(learnerId)}>
        {isHeld ? said.send : said.resend}
      </CommandButton>
    </p>
  );
}

const sendHeld = (learnerId: string) => api.POST('/api/invitations/send', { body: { learnerIds: [learnerId] } });
const resend = (learnerId: string) => api.POST('/api/invitations/resend', { body: { learnerId } });
