import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import type { LinkState } from './invitation-of.ts';

/** What somebody sees who opens the link of an invitation. */
export function invitationPage(organisation: Organisation, state: LinkState): Page {
  const { name } = organisation;
  const [title, body] =
    state === 'good' ? ['You are invited', welcome(organisation)] : [titles[state], sorry(state, name)];
  return {
    title,
    organisationName: name,
    body: html`<section class="card welcome">
      <h1>${title}</h1>
      ${body}
    </section>`,
  };
}

function welcome({ name, singleSignOn, microsoft }: Organisation): Html {
  if (!singleSignOn.enabled || !microsoft) {
    return html`<p role="alert">
      Signing in with Microsoft is not switched on at ${name}. Ask your Learn Amp administrator how to sign in.
    </p>`;
  }
  return html`<p>${name} has an account for you at Learn Amp. Sign in with your work account to start learning.</p>
    <form method="post" action="/sign-in/microsoft">
      <button class="primary wide"><span class="squares" aria-hidden="true"></span>Sign in with Microsoft</button>
    </form>`;
}

const titles = {
  used: 'This invitation has been used',
  expired: 'This invitation has ended',
  unknown: 'This invitation is not valid',
} as const;

function sorry(state: Exclude<LinkState, 'good'>, name: string): Html {
  const next = {
    used: 'An invitation works once. You can sign in from the home page now.',
    expired: `Ask the people who look after Learn Amp at ${name} to send you a new one.`,
    unknown: 'The address may be incomplete, or a newer invitation has replaced this one.',
  };
  return html`<p role="alert">${next[state]}</p>
    <p><a class="button" href="/">Home page</a></p>`;
}
