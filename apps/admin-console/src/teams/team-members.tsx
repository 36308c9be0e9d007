import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { answerOf, api } from '../api/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { AddMember } from './add-member.tsx';
import type { Member, Team } from './team.ts';
import { useRemoveMember } from './use-members.ts';

const AT_ONCE = 50;

const { teams: said } = words;

/** Who is in a team, why, and whom to add or remove. */
export function TeamMembers({ team }: { readonly team: Team }) {
  const { id: teamId, name } = team;
  const { cursor } = useFilters([]);
  const query = useQuery({
    queryKey: ['teams', 'members', teamId, cursor ?? ''],
    queryFn: ({ signal }) => {
      const asked = { limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) };
      const params = { path: { teamId }, query: asked };
      return answerOf(api.GET('/api/teams/{teamId}/members', { params, signal }));
    },
    placeholderData: keepPreviousData,
  });
  return (
    <section className="card" aria-labelledby="members-heading">
      <h2 id="members-heading">{said.membersOf(name)}</h2>
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <Members team={team} members={items} />
            <Pager next={next} />
          </>
        )}
      </Loaded>
      <AddMember team={team} />
    </section>
  );
}

function Members({ team, members }: { readonly team: Team; readonly members: readonly Member[] }) {
  const remove = useRemoveMember(team);
  const columns: readonly Column<Member>[] = [
    {
      name: said.name,
      isHeader: true,
      of: ({ learnerId, name }) => <PageLink to={`/people/${learnerId}`}>{name}</PageLink>,
    },
    { name: said.why, of: ({ origin }) => said.whys[origin] },
    {
      name: said.answer,
      of: (member) =>
        member.origin === 'manual' && (
          <Button aria-label={said.removeLabel(member.name, team.name)} onPress={() => remove.mutate(member)}>
            {said.remove}
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      label={said.membersOf(team.name)}
      columns={columns}
      rows={members}
      keyOf={({ learnerId }) => learnerId}
      empty={said.noMembers}
    />
  );
}
