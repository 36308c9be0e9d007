import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../api/client.ts';
import { AskForm } from '../parts/ask-form.tsx';
import { CommandButton } from '../parts/command-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import type { Team } from './team.ts';
import { useAddMember } from './use-members.ts';

const AT_ONCE = 10;

const { teams: said } = words;

/** Finds people, to put them into a team by hand. */
export function AddMember({ team }: { readonly team: Team }) {
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <>
      <h3>{said.add}</h3>
      <p className="faint">{said.addAbout}</p>
      <AskForm label={said.search} name={said.find} shortest={2} longest={100} onAsk={setAsked} />
      {asked !== null && <Found team={team} asked={asked} />}
    </>
  );
}

function Found({ team, asked }: { readonly team: Team; readonly asked: string }) {
  const add = useAddMember(team);
  const filter = { q: asked, show: 'active', limit: AT_ONCE } as const;
  const query = useQuery({
    queryKey: ['people', 'list', filter],
    queryFn: ({ signal }) => answerOf(api.GET('/api/people', { params: { query: filter }, signal })),
  });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p role="status">{said.nobodyFound(asked)}</p>
        ) : (
          <ul className="found" aria-label={said.found}>
            {items.map((person) => (
              <li key={person.learnerId}>
                <span>
                  {person.name}
                  {person.email !== null && <span className="note">{person.email}</span>}
                </span>
                <CommandButton
                  aria-label={said.addLabel(person.name, team.name)}
                  isPending={add.isPending && add.variables.learnerId === person.learnerId}
                  onPress={() => add.mutate(person)}
                >
                  {said.addOne}
                </CommandButton>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
