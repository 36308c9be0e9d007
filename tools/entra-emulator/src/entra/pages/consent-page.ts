import { hiddenFields, html } from './html.ts';
import type { Page } from './page.ts';

/** What the page to grant permissions shows. */
export interface ConsentQuestion {
  readonly applicationName: string;
  readonly tenantName: string;
  readonly userName: string;
  /** For the whole tenant, by an administrator. */
  readonly forOrganisation: boolean;
  readonly permissions: readonly string[];
  readonly action: string;
  readonly continuation: string;
}

/** A page to accept or to cancel. */
export function consentPage(question: ConsentQuestion): Page {
  const heading = `Permissions requested by ${question.applicationName}`;
  return {
    title: heading,
    body: html`
      <h1>${heading}</h1>
      <p class="faint">${question.userName}, ${question.tenantName}</p>
      ${
        question.forOrganisation
          ? html`<p>Accepting grants these permissions for all users of ${question.tenantName}.</p>`
          : undefined
      }
      <h2 id="permissions">This application would like to use</h2>
      ${
        question.permissions.length === 0
          ? html`<p>No permissions.</p>`
          : html`<ul aria-labelledby="permissions">
              ${question.permissions.map((permission) => html`<li>${permission}</li>`)}
            </ul>`
      }
      <form method="post" action="${question.action}">
        ${hiddenFields([['continue', question.continuation]])}
        <div class="row">
          <button class="primary" name="decision" value="accept">Accept</button>
          <button name="decision" value="cancel">Cancel</button>
        </div>
      </form>
    `,
  };
}
