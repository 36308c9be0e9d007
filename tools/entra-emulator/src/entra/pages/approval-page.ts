import { hiddenFields, html } from './html.ts';
import type { Page } from './page.ts';

/** What the page shows to somebody who may not consent. */
export interface ApprovalNotice {
  readonly applicationName: string;
  readonly alert: string;
  readonly action: string;
  readonly continuation: string;
}

/** A page that says that an administrator has to consent first, with the way back. */
export function approvalPage({ applicationName, alert, action, continuation }: ApprovalNotice): Page {
  return {
    title: 'Need admin approval',
    body: html`
      <h1>Need admin approval</h1>
      <p>${applicationName} needs permission to access resources in your organisation that only an admin can grant.</p>
      <p class="alert" role="alert">${alert}</p>
      <form method="post" action="${action}">
        ${hiddenFields([['continue', continuation]])}
        <button name="decision" value="cancel">Return to the application without granting consent</button>
      </form>
    `,
  };
}
