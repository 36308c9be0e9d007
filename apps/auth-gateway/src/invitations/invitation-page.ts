import type { LearnerDocument } from '@learnamp/learners';
import { mayUsePassword, type Organisation, passwordAccessOf, signsInWithMicrosoft } from '@learnamp/organisations';
import type { FastifyReply } from 'fastify';
import { microsoftForm } from '../home/microsoft-form.ts';
import { html, type Html } from '../pages/html.ts';
import { type Page, sendPage } from '../pages/page.ts';
import { newPasswordForm } from '../passwords/password-form.ts';
import type { Link, LinkState } from './invitation-of.ts';

const statuses: Readonly<Record<LinkState, number>> = { good: 200, used: 410, expired: 410, unknown: 404 };

/** What somebody sees who opens the link of an invitation; `complaint` is about the password they chose. */
export const sendInvitationPage = (reply: FastifyReply, organisation: Organisation, link: Link, complaint?: string) =>
  sendPage(reply, complaint === undefined ? statuses[link.state] : 422, pageOf(organisation, link, complaint));

function pageOf(organisation: Organisation, link: Link, complaint?: string): Page {
  const { name } = organisation;
  const [title, body] =
    link.state === 'good'
      ? ['You are invited', welcome(organisation, link.learner, complaint)]
      : [titles[link.state], sorry(link.state, name)];
  return {
    title,
    organisationName: name,
    body: html`<section class="card welcome">
      <h1>${title}</h1>
      ${body}
    </section>`,
  };
}

function welcome(organisation: Organisation, { _id, fields: { email } }: LearnerDocument, complaint?: string): Html {
  const { name } = organisation;
  const byMicrosoft = signsInWithMicrosoft(organisation);
  const byPassword = mayUsePassword(passwordAccessOf(organisation), _id) && email !== null;
  if (!byMicrosoft && !byPassword) {
    return html`<p role="alert">
      There is no way to sign in at ${name} yet. Ask your Learn Amp administrator how to sign in.
    </p>`;
  }
  return html`<p>${name} has an account for you at Learn Amp. ${howTo(byMicrosoft, byPassword)}</p>
    ${byMicrosoft ? microsoftForm('/') : undefined}
    ${byMicrosoft && byPassword ? html`<p class="or">or</p>` : undefined}
    ${byPassword ? newPasswordForm('/invitation/password', email, complaint) : undefined}`;
}

function howTo(byMicrosoft: boolean, byPassword: boolean): string {
  if (byMicrosoft && byPassword) return 'Sign in with your work account, or choose a password.';
  return byMicrosoft ? 'Sign in with your work account to start learning.' : 'Choose a password to start learning.';
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
