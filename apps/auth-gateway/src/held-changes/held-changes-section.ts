import { html, type Html } from '../pages/html.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { HeldChange, HeldChanges } from './held-changes.ts';

/**
 * The changes that wait for an Owner or Admin, to be allowed or rejected: all that were held when the page was made, or
 * those who are ticked. A plain form, so it needs no script.
 */
export function heldChangesSection({ reason, total, changes, openedAt }: HeldChanges, shownAt: Date): Html {
  return html`<section class="card" id="held-changes" aria-labelledby="held-changes-heading">
    <h2 id="held-changes-heading">Waiting for your approval</h2>
    <p class="alert">${sentence(reason)} Nothing happens to these people until you decide; everything else goes on.</p>
    <p class="faint">Since ${timeOf(openedAt)}. Each is checked again at Microsoft before it takes effect.</p>
    <form method="post" action="/held-changes">
      <input type="hidden" name="heldUntil" value="${shownAt.toISOString()}" />
      ${table(changes)}
      ${changes.length < total ? html`<p class="faint">And ${total - changes.length} more.</p>` : undefined}
      <div class="actions">
        <button name="answer" value="approve-selected">Approve selected</button>
        <button name="answer" value="reject-selected">Reject selected</button>
        <button name="answer" value="approve-all">Approve all ${total}</button>
        <button name="answer" value="reject-all">Reject all ${total}</button>
      </div>
    </form>
  </section>`;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function table(changes: readonly HeldChange[]): Html {
  return html`<table class="runs" role="table" aria-labelledby="held-changes-heading">
    <thead role="rowgroup">
      <tr role="row">
        ${['Person', 'Would be', 'Because', 'Held since'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${changes.map(row)}
    </tbody>
  </table>`;
}

function row({ personId, name, userPrincipalName, direction, because, heldSince }: HeldChange): Html {
  return html`<tr role="row">
    <td role="cell" data-label="Person">
      <label class="choice"><input type="checkbox" name="personIds" value="${personId}" /> ${name}</label>
      <span class="note">${userPrincipalName}</span>
    </td>
    <td role="cell" data-label="Would be">${direction === 'removal' ? 'deactivated' : 'added'}</td>
    <td role="cell" data-label="Because">${because}</td>
    <td role="cell" data-label="Held since">${timeOf(heldSince)}</td>
  </tr>`;
}
