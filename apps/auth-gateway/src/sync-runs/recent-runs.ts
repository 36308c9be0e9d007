import { html, type Html } from '../pages/html.ts';
import type { RunView } from './run-view.ts';
import type { WaitingRun } from './waiting-runs.ts';
import { modeWords, whatItDid } from './run-words.ts';
import { timeOf } from './time-of.ts';

/** Who waits for a run that has not begun, and a table of the last few runs. The roles keep it a table for screen readers where narrow screens stack its cells. */
export function recentRuns(runs: readonly RunView[], waiting: readonly WaitingRun[]): Html {
  return html`<section class="card" id="recent-runs" aria-labelledby="recent-runs-heading">
    <h2 id="recent-runs-heading">Recent runs</h2>
    ${waiting.map(waits)} ${runs.length === 0 ? html`<p class="faint">None yet.</p>` : table(runs)}
  </section>`;
}

const waits = ({ requestId, mode, requestedBy }: WaitingRun): Html =>
  html`<form class="heading" method="post" action="/sync-runs/${requestId}/cancel">
    <p>${modeWords(mode)}, asked for by ${requestedBy}, waits to begin.</p>
    <button>Cancel it</button>
  </form>`;

function table(runs: readonly RunView[]): Html {
  return html`<table class="runs" role="table" aria-labelledby="recent-runs-heading">
    <thead role="rowgroup">
      <tr role="row">
        ${['Run', 'Why', 'Started', 'What it did'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${runs.map(row)}
    </tbody>
  </table>`;
}

function row(run: RunView): Html {
  return html`<tr role="row">
    <td role="cell" data-label="Run">${modeWords(run.mode)}</td>
    <td role="cell" data-label="Why">${run.trigger}</td>
    <td role="cell" data-label="Started">${timeOf(run.startedAt)}</td>
    <td role="cell" data-label="What it did">${outcomeOf(run)} ${notesOf(run)}</td>
  </tr>`;
}

const states: Readonly<Record<RunView['state'], string>> = {
  running: 'Under way',
  finished: 'Done',
  incomplete: 'Done with a problem',
  interrupted: 'Interrupted',
  cancelled: 'Cancelled',
};

function outcomeOf({ mode, state, counts }: RunView): Html {
  return html`<span
    ><span class="mark ${state}">${states[state]}</span>
    ${state === 'running' ? undefined : whatItDid(mode, counts)}</span
  >`;
}

function notesOf({ problem, managerCycles, skipped, cancelledBy }: RunView): Html {
  return html`${cancelledBy === null ? undefined : html`<span class="note">Cancelled by ${cancelledBy}</span>`}
  ${problem === null ? undefined : html`<span class="note">${problem}</span>`}
  ${skipped.map(({ reason, people, first }) => html`<span class="note">${people} ${reason}: ${namesOf(first, people)}</span>`)}
  ${managerCycles.map((cycle) => html`<span class="note">Managers in a circle: ${[...cycle, ...cycle.slice(0, 1)].join(' → ')}</span>`)}`;
}

// A row has room for a few; the API has all that are recorded.
const NAMED = 3;

function namesOf(first: readonly string[], people: number): string {
  const named = first.slice(0, NAMED);
  const others = people - named.length;
  return [...named, ...(others > 0 ? [`and ${others} more`] : [])].join(', ');
}
