import { hiddenFields, html } from './html.ts';
import type { Page } from './page.ts';

/** What the page to grant permissions shows. */
export interface ConsentQuestion {
  readonly applicationName: string;
  readonly tenantName: string;
  readonly userName: string;
  /** Whom it is for: everybody in the tenant, the person alone, or either as an administrator pleases. */
  readonly reach: 'everybody' | 'oneself' | 'either';
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
        question.reach === 'everybody'
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
        ${
          question.reach === 'either'
            ? html`<label class="choice"
                ><input type="checkbox" name="organisation" value="on" /> Consent on behalf of your organisation</label
              >`
            : undefined
        }
        <div class="row">
          <button class="primary" name="decision" value="accept">Accept</button>
          <button name="decision" value="cancel">Cancel</button>
        </div>
      </form>
    `,
  };
}
