import { html, type Html } from '../pages/html.ts';
import { recentRuns } from './recent-runs.ts';
import type { RunView } from './run-view.ts';
import type { WaitingRun } from './waiting-runs.ts';
import { timeOf } from './time-of.ts';

export interface SyncSection {
  readonly latest: RunView | null;
  readonly recent: readonly RunView[];
  readonly waiting: readonly WaitingRun[];
  /** Microsoft tells us of changes; else they follow by timer. */
  readonly notified: boolean;
}

/** What an Owner or Admin sees: the button, how the latest run goes, and the last few. */
export function syncSection({ latest, recent, waiting, notified }: SyncSection): Html {
  return html`<section class="card" aria-labelledby="sync-users">
      <div class="heading">
        <h2 id="sync-users">Sync users</h2>
        <form method="post" action="/sync-runs" data-sync-form>
          <button class="primary" name="mode" value="full">Sync users</button>
          <button name="mode" value="preview" title="Shows what a sync would do, and changes nothing">Preview</button>
        </form>
      </div>
      <p class="faint">${notified ? byNotification : byTimer}</p>
      <p class="status" role="status" data-run="summary">${latest?.summary ?? 'There has been no sync yet.'}</p>
      ${progressOf(latest)}
      <p class="alert" data-run="problem" ${latest?.problem ? undefined : hidden}>${latest?.problem ?? undefined}</p>
      ${countsOf(latest)} ${aboutOf(latest)}
    </section>
    ${recentRuns(recent, waiting)}`;
}

const byNotification = 'People who change at Microsoft follow within seconds. A full sync checks everybody.';
const byTimer =
  'Changes at Microsoft are not announced to this system, so they follow by timer, within 15 minutes. A full sync checks everybody at once.';

const hidden = html`hidden`;

// The script needs the places even while there is nothing to put there.
function progressOf(run: RunView | null): Html {
  const { id = '', step = '', done = 0, total = 0 } = run ?? {};
  return html`<div class="progress" data-run="progress" ${run?.state === 'running' ? undefined : hidden}>
    <label for="run-progress" data-run="step">${step}</label>
    <span data-run="amount">${total > 0 ? `${done} of ${total}` : undefined}</span>
    <progress id="run-progress" ${total > 0 ? html`value="${done}" max="${total}"` : undefined}></progress>
    <noscript
      ><p><a href="/">Reload this page to see how it goes on</a></p></noscript
    >
    <form method="post" action="/sync-runs/${id}/cancel" data-run="cancel">
      <button title="Stops it at the next safe point; what it has changed by then stays">Cancel</button>
    </form>
  </div>`;
}

/** Of each count, what it is called. The script looks for a place for every count that a run has. */
const shownCounts: Readonly<Required<Record<keyof RunView['counts'], string>>> = {
  members: 'members',
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  deactivated: 'deactivated',
  skipped: 'skipped',
  held: 'held',
  conflicts: 'to be told apart',
  unconfirmed: 'to be confirmed',
  kept: 'kept as Owner',
};

function countsOf(run: RunView | null): Html {
  return html`<dl class="counts" data-run="counts" ${run ? undefined : hidden}>
    ${Object.entries(shownCounts).map(([name, words]) => {
      const count = run?.counts[name as keyof RunView['counts']];
      return html`<div ${count === undefined ? hidden : undefined}>
        <dt>${words}</dt>
        <dd data-count="${name}">${count ?? 0}</dd>
      </div>`;
    })}
  </dl>`;
}

function aboutOf(run: RunView | null): Html {
  return html`<p class="faint" data-run="about" ${run ? undefined : hidden}>
    <span data-run="trigger">${run?.trigger}</span>, started
    <span data-run="started">${run ? timeOf(run.startedAt) : undefined}</span>
  </p>`;
}
