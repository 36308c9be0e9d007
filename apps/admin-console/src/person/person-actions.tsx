import { carriedOut } from '../api/carried-out.ts';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { AskRun } from '../sync/ask-run.tsx';
import { givenWords } from '../words/given-words.ts';
import { words } from '../words/words.ts';
import type { Person } from './person.ts';

const { act: said } = words.person;

/** What can be done about somebody; each only where it would do something. */
export function PersonActions({ person }: { readonly person: Person }) {
  const { learnerId, personId, active } = person;
  if (personId === null && active) return null;
  return (
    <section className="card" aria-labelledby="act-heading">
      <h2 id="act-heading">{said.title}</h2>
      <div className="actions">
        {personId !== null && (
          <AskRun name={said.sync} said={words.sync.requested.person} ask={() => answerOf(askSync(learnerId))} />
        )}
        {!active && <Reactivate person={person} />}
        {personId !== null && <Unlink person={person} />}
      </div>
    </section>
  );
}

const askSync = (learnerId: string) => api.POST('/api/people/{learnerId}/sync', { params: { path: { learnerId } } });

const changes = [['people'], ['explanations'], ['provisioning-log'], ['conflicts'], ['overview']];

function Unlink({ person: { learnerId, name, userPrincipalName, personId } }: { readonly person: Person }) {
  const unlink = useCommand({
    send: async (id: string) =>
      carriedOut(await answerOf(api.POST('/api/people/{learnerId}/unlink', { params: { path: { learnerId: id } } }))),
    done: (given) => givenWords(given, said.unlinked),
    changes,
  });
  return (
    <Confirm
      trigger={<CommandButton isPending={unlink.isPending}>{said.unlink}</CommandButton>}
      title={said.unlinkTitle}
      yes={said.unlinkYes}
      isDangerous
      onYes={() => unlink.mutate(learnerId)}
    >
      <p>{said.unlinkAbout(name, userPrincipalName ?? personId ?? '')}</p>
    </Confirm>
  );
}

function Reactivate({ person: { learnerId, name } }: { readonly person: Person }) {
  const reactivate = useCommand({
    send: async (id: string) =>
      carriedOut(
        await answerOf(api.POST('/api/people/{learnerId}/reactivate', { params: { path: { learnerId: id } } })),
      ),
    done: (given) => givenWords(given, said.reactivated),
    changes,
  });
  return (
    <Confirm
      trigger={<CommandButton isPending={reactivate.isPending}>{said.reactivate}</CommandButton>}
      title={said.reactivateTitle}
      yes={said.reactivateYes}
      onYes={() => reactivate.mutate(learnerId)}
    >
      <p>{said.reactivateAbout(name)}</p>
    </Confirm>
  );
}
