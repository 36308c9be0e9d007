import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { RunState } from '../runs/run-state.tsx';
import { PreviewButton } from '../sync/preview-button.tsx';
import { RunCounts } from '../sync/run-counts.tsx';
import { RunProgress } from '../sync/run-progress.tsx';
import type { Run } from '../sync/run.ts';
import { words } from '../words/words.ts';
import type { Standing } from './with-standing.tsx';

const { preview: said } = words.setup;

/** What the first sync would do. */
export function PreviewStep({ microsoft: { groupId }, preview }: Standing) {
  return (
    <section className="card" aria-label={words.setup.steps.preview}>
      {groupId === null && <p>{said.noGroup}</p>}
      {preview === null ? groupId !== null && <p>{said.none}</p> : <LatestPreview preview={preview} />}
      {groupId !== null && (
        <p>
          <PreviewButton name={preview === null ? said.make : said.again} isPrimary={preview === null} stays />
        </p>
      )}
    </section>
  );
}

/** The counts of a preview, and the way to its people. */
export function LatestPreview({ preview }: { readonly preview: Run }) {
  return (
    <>
      <p className="summary" role="status">
        <RunState state={preview.state} /> {preview.summary}
      </p>
      <p className="faint">
        {said.when}: <Moment at={preview.startedAt} />
      </p>
      {preview.state === 'running' && <RunProgress run={preview} />}
      {preview.problem !== null && <p className="notice bad">{preview.problem}</p>}
      <RunCounts counts={preview.counts} />
      <p>
        <PageLink to={`/runs/${preview.id}`}>{said.open}</PageLink>
      </p>
    </>
  );
}
