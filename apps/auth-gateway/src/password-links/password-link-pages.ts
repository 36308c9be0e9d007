import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { newPasswordForm } from '../passwords/password-form.ts';

const page = ({ name }: Organisation, title: string, body: Html): Page => ({
  title,
  organisationName: name,
  body: html`<section class="card welcome">
    <h1>${title}</h1>
    ${body}
  </section>`,
});

/** Where somebody asks for a link. */
export const forgottenPage = (organisation: Organisation): Page =>
  page(
    organisation,
    'Forgotten your password?',
    html`<p>
        Say by which email address you sign in at ${organisation.name}. We send a link there to choose a new password.
      </p>
      <form method="post" action="/password/forgotten">
        <label for="email">Email</label>
        <input id="email" name="email" type="email" autocomplete="username" maxlength="320" required />
        <button class="wide">Send the link</button>
      </form>
      <p><a href="/">Back to the home page</a></p>`,
  );

/** The same for every address, whether or not there is an account. */
export const askedPage = (organisation: Organisation): Page =>
  page(
    organisation,
    'Look into your mailbox',
    html`<p role="status">
        If somebody signs in at ${organisation.name} by that address, a mail with a link is on its way there. The link
        works once, for an hour.
      </p>
      <p>
        Nothing there after a few minutes? Look among the unwanted mails, check the address, and ask your Learn Amp
        administrator if that doesn’t help.
      </p>
      <p><a class="button" href="/">Home page</a></p>`,
  );

/** Where the link leads. */
export const newPasswordPage = (organisation: Organisation, email: string, complaint?: string): Page =>
  page(
    organisation,
    'Choose a new password',
    html`<p>It signs you in here, and out everywhere else.</p>
      ${newPasswordForm('/password/new', email, complaint)}`,
  );

export const deadLinkPage = (organisation: Organisation): Page =>
  page(
    organisation,
    'This link doesn’t work any more',
    html`<p role="alert">It works once, for an hour, and a newer password ends it.</p>
      <p><a class="button" href="/password/forgotten">Ask for a new link</a></p>`,
  );

export const passwordsOffPage = (organisation: Organisation): Page =>
  page(
    organisation,
    'Passwords are switched off here',
    html`<p role="alert">At ${organisation.name} one signs in with a work account.</p>
      <p><a class="button" href="/">Home page</a></p>`,
  );

export const tooManyPage = (organisation: Organisation): Page =>
  page(
    organisation,
    'Too many links were asked for',
    html`<p role="alert">Wait a quarter of an hour, and look into the mails that have come meanwhile.</p>
      <p><a class="button" href="/">Home page</a></p>`,
  );
