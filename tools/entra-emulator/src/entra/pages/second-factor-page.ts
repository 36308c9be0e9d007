import { hiddenFields, html } from './html.ts';
import type { Page } from './page.ts';

/** What the page to prove oneself a second time shows. */
export interface SecondFactorQuestion {
  readonly userName: string;
  readonly action: string;
  readonly continuation: string;
}

/** Stands for the telephone: approving is the second factor. */
export function secondFactorPage({ userName, action, continuation }: SecondFactorQuestion): Page {
  return {
    title: 'Approve sign-in request',
    body: html`
      <h1>Approve sign-in request</h1>
      <p class="faint">${userName}</p>
      <p>Your organisation asks for a second proof that it is you.</p>
      <form method="post" action="${action}">
        ${hiddenFields([['continue', continuation]])}
        <div class="row">
          <button class="primary" name="decision" value="approve">Approve</button>
          <button name="decision" value="another">Use another account</button>
        </div>
      </form>
    `,
  };
}
