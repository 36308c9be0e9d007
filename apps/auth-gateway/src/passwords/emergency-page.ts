import type { Organisation } from '@learnamp/organisations';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { type PasswordRefusal, passwordSignInForm } from './password-form.ts';

/** Where the one Owner signs in who still may by password. It doesn't say who that is. */
export function emergencyPage({ name }: Organisation, returnTo: string, refusal?: PasswordRefusal): Page {
  return {
    title: 'Emergency sign-in',
    organisationName: name,
    body: html`<section class="card welcome">
      <h1>Emergency sign-in</h1>
      <p>
        At ${name} people sign in with Microsoft. Only the Owner who is named for emergencies can sign in here, for when
        Microsoft can’t be reached. It is noted in the audit log.
      </p>
      ${passwordSignInForm(returnTo, refusal)}
      <p><a href="/">Back to the home page</a></p>
    </section>`,
  };
}
