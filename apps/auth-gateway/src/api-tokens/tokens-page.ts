import type { Organisation } from '@learnamp/organisations';
import { select } from '../integration-settings/form-parts.ts';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { WantedToken } from './make-token.ts';
import { scopeNames, scopes } from './scopes.ts';
import type { TokenList, TokenView } from './token-list.ts';

export interface TokensPage {
  readonly organisation: Organisation;
  readonly list: TokenList;
  /** One that was just made, and is shown this once. */
  readonly fresh?: { readonly token: string; readonly about: TokenView };
  readonly isRevoked?: boolean;
  /** Why none was made, and what was typed. */
  readonly complaint?: string;
  readonly typed?: WantedToken;
}

/** The tokens of an organisation, with forms to make and to revoke them. It needs no script. */
export function tokensPage({ organisation, list, fresh, isRevoked = false, complaint, typed }: TokensPage): Page {
  return {
    title: 'API tokens',
    organisationName: organisation.name,
    corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
    styles: ['/assets/home.css', '/assets/settings.css'],
    body: html`${isRevoked ? html`<p class="notice" role="status">The token is revoked.</p>` : undefined}
    ${complaint === undefined ? undefined : html`<p class="alert" role="alert">Nothing is made: ${complaint}</p>`}
    ${fresh && freshSection(fresh)} ${makeSection(typed)} ${listSection(list)}`,
  };
}

const freshSection = ({ token, about }: NonNullable<TokensPage['fresh']>): Html =>
  html`<section class="card" aria-labelledby="fresh-heading">
    <h2 id="fresh-heading">Your new token</h2>
    <p class="notice" role="status">Copy it now: it is not shown again.</p>
    <div class="settings">
      <label for="fresh-token">Token “${about.name}”</label>
      <input id="fresh-token" value="${token}" readonly autofocus autocomplete="off" spellcheck="false" />
    </div>
  </section>`;

const makeSection = (typed: WantedToken | undefined): Html =>
  html`<section class="card" aria-labelledby="make-heading">
    <h1 id="make-heading">API tokens</h1>
    <p>
      A program sends a token as <code>Authorization: Bearer</code>. What it does is done in your name; the token ends
      when you are not an Owner or Admin any more.
    </p>
    <form class="settings" method="post" action="/tokens">
      <label for="name">What is it for?</label>
      <input id="name" name="name" value="${typed?.name ?? ''}" required maxlength="100" autocomplete="off" />
      <fieldset>
        <legend>What it may do</legend>
        ${scopeNames.map((name) => scopeChoice(name, typed?.scopes.includes(name) === true))}
      </fieldset>
      ${select('days', 'How long it lives', String(typed?.days ?? 90), [
        ['7', 'A week'],
        ['30', '30 days'],
        ['90', '90 days'],
        ['366', 'A year'],
      ])}
      <div class="actions">
        <button class="primary">Make a token</button><a class="button" href="/settings">Settings</a>
      </div>
    </form>
  </section>`;

const scopeChoice = (name: (typeof scopeNames)[number], isTicked: boolean): Html =>
  html`<label class="choice">
    ${
      isTicked
        ? html`<input type="checkbox" name="scopes" value="${name}" checked />`
        : html`<input type="checkbox" name="scopes" value="${name}" />`
    }
    <span>${scopes[name]} <span class="faint">(${name})</span></span>
  </label>`;

function listSection({ tokens, next }: TokenList): Html | undefined {
  if (tokens.length === 0) return undefined;
  return html`<section class="card" aria-labelledby="tokens-heading">
    <h2 id="tokens-heading">Tokens</h2>
    <table class="runs" role="table" aria-labelledby="tokens-heading">
      <thead role="rowgroup">
        <tr role="row">
          ${['Name', 'May', 'Made', 'Last used', 'Ends', 'Do'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${tokens.map(row)}
      </tbody>
    </table>
    ${next === null ? undefined : html`<p><a href="/tokens?cursor=${next}">Older tokens</a></p>`}
  </section>`;
}

const row = ({ id, name, scopes: may, madeBy, createdAt, lastUsedAt, expiresAt }: TokenView): Html =>
  html`<tr role="row">
    <td role="cell" data-label="Name">${name}</td>
    <td role="cell" data-label="May">${may.map((scope) => html`<span class="note scope">${scope}</span>`)}</td>
    <td role="cell" data-label="Made">${timeOf(createdAt)} <span class="note">${madeBy}</span></td>
    <td role="cell" data-label="Last used">${lastUsedAt === null ? 'Never' : timeOf(lastUsedAt)}</td>
    <td role="cell" data-label="Ends">${timeOf(expiresAt)}</td>
    <td role="cell" data-label="Do">
      <form method="post" action="/tokens/${id}/revoke"><button aria-label="Revoke: ${name}">Revoke</button></form>
    </td>
  </tr>`;
