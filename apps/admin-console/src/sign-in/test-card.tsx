import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { goTo } from '../microsoft/go-to.ts';
import type { MicrosoftView } from '../microsoft/microsoft.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import type { Settings } from '../settings/settings.ts';
import { words } from '../words/words.ts';

interface TestCardProps {
  readonly settings: Settings;
  readonly microsoft: MicrosoftView;
}

const { test: said } = words.signIn;

/** Trying whether signing in with Microsoft works, by doing it. */
export function TestCard({ settings: { signInTest }, microsoft: { signIn } }: TestCardProps) {
  const begin = useCommand({
    send: () => answerOf(api.POST('/api/microsoft/sign-in-tests', { body: { returnTo: '/admin/sign-in' } })),
    changes: [],
  });
  return (
    <section className="card" aria-labelledby="test-heading">
      <h2 id="test-heading">{said.title}</h2>
      <p className="faint">{said.about}</p>
      <LastTest signInTest={signInTest} />
      {signIn ? (
        <p>
          <CommandButton
            isPending={begin.isPending || begin.isSuccess}
            onPress={() => begin.mutate(undefined, { onSuccess: goTo })}
          >
            {said.start}
          </CommandButton>
        </p>
      ) : (
        <p>
          {said.notConnected} <PageLink to="/microsoft">{said.connect}</PageLink>
        </p>
      )}
    </section>
  );
}

function LastTest({ signInTest }: Pick<Settings, 'signInTest'>) {
  if (signInTest === null) return <p>{said.none}</p>;
  return (
    <p>
      {said.last}: <Moment at={signInTest.at} />, {said.by}{' '}
      <PageLink to={`/people/${signInTest.learnerId}`}>{said.someAdministrator}</PageLink>
    </p>
  );
}
