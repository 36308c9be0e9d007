import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { refusals } from './refusals.ts';
import type { Account, SignInRefusal } from './sign-in-refusal.ts';

/** Says in a sentence why nobody was signed in, as whom they came, and how to go on. */
export function refusalPage(organisation: Organisation, refusal: SignInRefusal, reference: string): Page {
  return {
    title: 'You are not signed in',
    organisationName: organisation.name,
    body: html`<section class="card">
      <h1>You are not signed in</h1>
      <p role="alert">${refusals[refusal.code].explain(organisation.name)}</p>
      ${refusal.account && accountLine(refusal.account)}
      <p class="faint">Reference: <strong>${reference}</strong></p>
      <form class="actions" method="post" action="/sign-in/microsoft">
        <button class="primary" name="account" value="other">Try with another account</button>
        <a class="button" href="/">Home page</a>
      </form>
    </section>`,
  };
}

function accountLine({ name, username }: Account): Html {
  const shown = name !== undefined && username !== undefined ? `${name} (${username})` : (name ?? username);
  return html`<p>You chose the Microsoft account <strong>${shown ?? 'without a name'}</strong>.</p>`;
}
