import { Badge } from '../parts/badge.tsx';
import { type Fact, Facts } from '../parts/facts.tsx';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/words.ts';
import { refusalWords } from './refusal-words.ts';
import type { Trace } from './trace.ts';

const { trace: said } = words.signIn;

/** What came of a sign-in, what the person was told, and Microsoft's own code, which its documentation explains. */
export function AboutTrace({ trace }: { readonly trace: Trace }) {
  return (
    <section className="card" aria-label={said.outcome}>
      <Facts facts={factsOf(trace)} />
    </section>
  );
}

function factsOf({ at, refusal, person, told, microsoftCode }: Trace): Fact[] {
  return [
    [said.when, <Moment at={at} />],
    [said.outcome, refusal === null ? said.signedIn(person ?? said.somebody) : <Refused refusal={refusal} />],
    ...(told === null ? [] : [[said.told, told] as const]),
    ...(microsoftCode === null ? [] : [[said.code, <MicrosoftCode code={microsoftCode} />] as const]),
  ];
}

const Refused = ({ refusal }: { readonly refusal: string }) => (
  <>
    <Badge tone="bad">{said.refused}</Badge> {refusalWords(refusal)}
  </>
);

const MicrosoftCode = ({ code }: { readonly code: string }) => (
  <>
    <code>{code}</code>{' '}
    <a href={helpOf(code)} target="_blank" rel="noreferrer">
      {said.codeHelp}
    </a>
  </>
);

const helpOf = (code: string) =>
  `https://login.microsoftonline.com/error?${new URLSearchParams({ code: code.replace(/^AADSTS/u, '') }).toString()}`;
