import { useNavigate } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import { LatestPreview } from './preview-step.tsx';
import type { Standing } from './with-standing.tsx';

const { live: said } = words.setup;

/** Switches provisioning on and asks for the first sync, with the numbers of the preview before one's eyes. */
export function LiveStep({ settings, preview, full }: Standing) {
  const { revision, provisioning } = settings;
  const isLive = provisioning.enabled && full !== null;
  return (
    <section className="card" aria-label={words.setup.steps.live}>
      {preview !== null && <LatestPreview preview={preview} />}
      {preview === null && !isLive && <p>{said.noPreview}</p>}
      {isLive ? (
        <p className="actions">
          <span>{said.already}</span>
          <PageLink className="button" to="/">
            {said.overview}
          </PageLink>
        </p>
      ) : (
        preview !== null && <GoLive revision={revision} counts={preview.counts} />
      )}
    </section>
  );
}

interface GoLiveProps {
  readonly revision: number;
  readonly counts: NonNullable<Standing['preview']>['counts'];
}

function GoLive({ revision, counts: { created, updated, deactivated } }: GoLiveProps) {
  const navigate = useNavigate();
  const go = useCommand({
    send: async () => {
      await answerOf(api.PATCH('/api/settings', { body: { revision, provisioning: { enabled: true } } }));
      return answerOf(api.POST('/api/sync-runs', { body: { mode: 'full' } }));
    },
    done: () => said.done,
    then: () => void navigate('/', { state: { from: 'link' } }),
    changes: [['settings'], ['microsoft'], ['sync-runs'], ['overview']],
  });
  return (
    <p>
      <Confirm
        trigger={
          <CommandButton className="primary" isPending={go.isPending}>
            {said.button}
          </CommandButton>
        }
        title={said.confirmTitle}
        yes={said.button}
        onYes={() => go.mutate(undefined)}
      >
        <p>{said.confirm(created, updated, deactivated)}</p>
      </Confirm>
    </p>
  );
}
