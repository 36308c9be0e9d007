import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { TeamsAndMembers } from './teams-and-members.tsx';

const EVERY_MS = 10_000;

const { teams: said } = words;

/** How teams are below each other, and who is in them. */
export function TeamsPage() {
  const query = useQuery({
    queryKey: ['teams', 'list'],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/teams', { signal }))).teams,
    refetchInterval: EVERY_MS,
  });
  return (
    <Page title={said.title} about={said.about}>
      <Loaded query={query}>
        {(teams) =>
          teams.length === 0 ? (
            <section className="card empty">
              <p>{said.none}</p>
            </section>
          ) : (
            <TeamsAndMembers teams={teams} />
          )
        }
      </Loaded>
    </Page>
  );
}
