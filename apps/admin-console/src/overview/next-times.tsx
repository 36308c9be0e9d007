import { Countdown } from '../parts/countdown.tsx';
import { type Fact, Facts } from '../parts/facts.tsx';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/words.ts';
import type { Overview } from './overview.ts';

/** What happens next by itself, and how long what it rests on is valid. */
export function NextTimes({ overview: { next, subscriptions, credential } }: { readonly overview: Overview }) {
  const { overview: said, common } = words;
  const facts: readonly Fact[] = [
    [said.nextFull, next.full === null ? common.unknown : <Countdown to={next.full} />],
    [said.nextChanges, next.changes === null ? common.unknown : <Countdown to={next.changes} />],
    [
      said.subscriptions,
      <>
        {said.subscriptionStates[subscriptions.state]}{' '}
        {subscriptions.expiresAt !== null && <Until at={subscriptions.expiresAt} />}
      </>,
    ],
    [
      said.credential,
      <>
        {said.credentialKinds[credential.kind]}{' '}
        {credential.expiresAt === null ? `(${said.noExpiry})` : <Until at={credential.expiresAt} />}
      </>,
    ],
  ];
  return (
    <section className="card" aria-labelledby="next-heading">
      <h2 id="next-heading">{said.timesTitle}</h2>
      <Facts facts={facts} />
    </section>
  );
}

function Until({ at }: { readonly at: string }) {
  return (
    <span className="note">
      {words.overview.validUntil} <Moment at={at} /> (<Countdown to={at} />)
    </span>
  );
}
