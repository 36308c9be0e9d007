import { html, type Html } from '../pages/html.ts';
import type { InvitationList, InvitationView } from './invitation-list.ts';

/** The invitations that nobody has used, for an Owner or Admin: plain forms, so it needs no script. */
export function invitationSection({ invitations, held, total }: InvitationList): Html {
  return html`<section class="card" id="invitations" aria-labelledby="invitations-heading">
    <div class="heading">
      <h2 id="invitations-heading">Invitations</h2>
      ${held > 0 ? html`<form method="post" action="/invitations/send"><button>Send all ${held} held</button></form>` : undefined}
    </div>
    ${table(invitations)}
    ${invitations.length < total ? html`<p class="faint">And ${total - invitations.length} more.</p>` : undefined}
  </section>`;
}

function table(invitations: readonly InvitationView[]): Html {
  return html`<table class="runs" role="table" aria-labelledby="invitations-heading">
    <thead role="rowgroup">
      <tr role="row">
        ${['Person', 'State', 'Do'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${invitations.map(row)}
    </tbody>
  </table>`;
}

function row(invitation: InvitationView): Html {
  const { name, stateInWords, address, reason } = invitation;
  return html`<tr role="row">
    <td role="cell" data-label="Person">
      ${name} ${address === null ? undefined : html`<span class="note">${address}</span>`}
    </td>
    <td role="cell" data-label="State">
      ${stateInWords} ${reason === null ? undefined : html`<span class="note">${reason}</span>`}
    </td>
    <td role="cell" data-label="Do">${buttonOf(invitation)}</td>
  </tr>`;
}

function buttonOf({ state, learnerId, name }: InvitationView): Html | undefined {
  if (state === 'held') return button('/invitations/send', 'learnerIds', learnerId, 'Send', name);
  const again = state === 'unconfirmed' || state === 'refused' || state === 'expired';
  return again ? button('/invitations/resend', 'learnerId', learnerId, 'Send again', name) : undefined;
}

const button = (action: string, field: string, learnerId: string, text: string, name: string) =>
  html`<form method="post" action="${action}">
    <button name="${field}" value="${learnerId}" aria-label="${text}: ${name}">${text}</button>
  </form>`;
