import type { ReactNode } from 'react';
import { Badge } from '../parts/badge.tsx';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/words.ts';
import { refusalWords } from './refusal-words.ts';
import type { Trace } from './trace.ts';

const { trace: said } = words.signIn;

/** What came of a sign-in, what the person was told, and Microsoft's own code, which its documentation explains. */
export function AboutTrace({ trace: { at, refusal, person, told, microsoftCode } }: { readonly trace: Trace }) {
  return (
    <section className="card" aria-label={said.outcome}>
      <dl className="facts">
        <Fact name={said.when}>
          <Moment at={at} />
        </Fact>
        <Fact name={said.outcome}>
          {refusal === null ? (
            said.signedIn(person ?? said.somebody)
          ) : (
            <>
              <Badge tone="bad">{said.refused}</Badge> {refusalWords(refusal)}
            </>
          )}
        </Fact>
        {told !== null && <Fact name={said.told}>{told}</Fact>}
        {microsoftCode !== null && (
          <Fact name={said.code}>
            <code>{microsoftCode}</code>{' '}
            <a href={helpOf(microsoftCode)} target="_blank" rel="noreferrer">
              {said.codeHelp}
            </a>
          </Fact>
        )}
      </dl>
    </section>
  );
}

const helpOf = (code: string) =>
  `https://login.microsoftonline.com/error?${new URLSearchParams({ code: code.replace(/^AADSTS/u, '') }).toString()}`;

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
