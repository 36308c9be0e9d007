import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { focusOn } from '../parts/focus-on.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';

type Impact = paths['/api/microsoft/impact']['get']['responses']['200']['content']['application/json'];

const { danger: said } = words.microsoft;

/** Ending the connection, with what it comes to in numbers. */
export function DangerZone() {
  const impact = useQuery({
    queryKey: ['microsoft', 'impact'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/microsoft/impact', { signal })),
  });
  const disconnect = useCommand({
    send: () => answerOf(api.POST('/api/microsoft/disconnect')),
    done: () => {
      // There is nothing to disconnect any more.
      focusOn('connection-heading');
      return said.done;
    },
    changes: [['microsoft'], ['microsoft-questions'], ['settings'], ['group-tree'], ['overview'], ['audit-log']],
  });
  return (
    <section className="card danger-zone" aria-labelledby="danger-heading">
      <h2 id="danger-heading">{said.title}</h2>
      <p>{said.about}</p>
      <Loaded query={impact}>
        {(numbers) => (
          <p>
            <Confirm
              trigger={
                <CommandButton className="danger" isPending={disconnect.isPending}>
                  {said.disconnect}
                </CommandButton>
              }
              title={said.confirmTitle}
              yes={said.disconnect}
              isDangerous
              onYes={() => disconnect.mutate(undefined)}
            >
              <Consequences impact={numbers} />
            </Confirm>
          </p>
        )}
      </Loaded>
    </section>
  );
}

function Consequences({ impact }: { readonly impact: Impact }) {
  const { learners, fromDirectory, withPassword, youHaveAPassword } = impact;
  const lines = [
    said.stay(learners),
    said.stop(fromDirectory),
    said.signIn(withPassword, learners),
    said.tenant,
    said.consent,
    said.undo,
  ];
  return (
    <>
      {!youHaveAPassword && <p className="notice bad">{said.noPassword}</p>}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
