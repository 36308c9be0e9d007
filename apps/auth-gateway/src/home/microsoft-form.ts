import { html, type Html } from '../pages/html.ts';

/** The button that starts signing in with Microsoft, and goes on to a path of this home afterwards. */
export function microsoftForm(returnTo: string): Html {
  return html`<form method="post" action="/sign-in/microsoft">
    ${returnTo === '/' ? undefined : html`<input type="hidden" name="returnTo" value="${returnTo}" />`}
    <button class="primary wide"><span class="squares" aria-hidden="true"></span>Sign in with Microsoft</button>
  </form>`;
}
