import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { Invitations } from './invitations.tsx';

const EVERY_MS = 5_000;
const AT_ONCE = 50;
const { invitations: said } = words;

/** Who has been made a learner and has not come: to invite, or to invite once more. */
export function InvitationsPage() {
  const { cursor } = useFilters([]);
  const asked = { limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) };
  const query = useQuery({
    queryKey: ['invitations', asked],
    queryFn: ({ signal }) => answerOf(api.GET('/api/invitations', { params: { query: asked }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
  return (
    <Page title={said.title} about={said.about}>
      {/* Another page begins without a tick. */}
      <Loaded query={query}>{(list) => <Invitations key={cursor ?? ''} list={list} />}</Loaded>
    </Page>
  );
}
