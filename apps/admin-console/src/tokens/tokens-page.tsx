import { useState } from 'react';
import { Page } from '../layout/page.tsx';
import { words } from '../words/words.ts';
import { FreshToken } from './fresh-token.tsx';
import { MakeToken } from './make-token.tsx';
import type { MadeToken } from './token.ts';
import { TokenList } from './token-list.tsx';

const { tokens: said } = words;

/** Tokens for programs: making, and ending. */
export function TokensPage() {
  const [fresh, setFresh] = useState<MadeToken | null>(null);
  return (
    <Page title={said.title} about={said.about}>
      {fresh && <FreshToken key={fresh.about.id} made={fresh} onAway={() => setFresh(null)} />}
      <TokenList />
      <MakeToken onMade={setFresh} />
    </Page>
  );
}
