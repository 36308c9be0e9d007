import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Badge } from '../parts/badge.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { RevokeButton } from './revoke-button.tsx';
import type { Token } from './token.ts';

const AT_ONCE = 50;
const { tokens: said } = words;

const columns: readonly Column<Token>[] = [
  { name: said.name, isHeader: true, of: ({ name }) => name },
  { name: said.scopes, of: ({ scopes }) => scopes.map((scope) => <code key={scope}>{scope} </code>) },
  {
    name: said.madeBy,
    of: ({ madeBy, createdAt }) => (
      <>
        {madeBy}
        <span className="note">
          <Moment at={createdAt} />
        </span>
      </>
    ),
  },
  { name: said.until, of: ({ expiresAt }) => <Until at={expiresAt} /> },
  {
    name: said.lastUsed,
    of: ({ lastUsedAt }) => (lastUsedAt === null ? words.common.never : <Moment at={lastUsedAt} />),
  },
  { name: said.revoke, of: (token) => <RevokeButton token={token} /> },
];

/** The tokens that nobody has revoked. */
export function TokenList() {
  const { cursor } = useFilters([]);
  const asked = { limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) };
  const query = useQuery({
    queryKey: ['tokens', asked],
    queryFn: ({ signal }) => answerOf(api.GET('/api/tokens', { params: { query: asked }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="card" aria-labelledby="tokens-heading">
      <h2 id="tokens-heading" tabIndex={-1}>
        {said.list}
      </h2>
      <Loaded query={query}>
        {({ tokens, next }) => (
          <>
            <DataTable label={said.list} columns={columns} rows={tokens} keyOf={({ id }) => id} empty={said.none} />
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </section>
  );
}

const Until = ({ at }: { readonly at: string }) => (
  <>
    <Moment at={at} /> {Date.parse(at) <= Date.now() && <Badge tone="warn">{said.over}</Badge>}
  </>
);
