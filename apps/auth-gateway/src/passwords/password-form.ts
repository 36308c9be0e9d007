import { html, type Html } from '../pages/html.ts';
import { MIN_LENGTH } from './password-rules.ts';

/** What was tried before, and why it did not work. */
export interface PasswordRefusal {
  readonly email: string;
  readonly why: string;
}

/** The form on a home page. */
export function passwordSignInForm(returnTo: string, refusal?: PasswordRefusal): Html {
  return html`<form method="post" action="/sign-in/password">
    ${refusal ? html`<p class="alert" role="alert" id="refusal">${refusal.why}</p>` : undefined}
    ${returnTo === '/' ? undefined : html`<input type="hidden" name="returnTo" value="${returnTo}" />`}
    <label for="email">Email</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="username"
      maxlength="320"
      value="${refusal?.email ?? ''}"
      required
    />
    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required />
    <button class="wide">Sign in with password</button>
    <p><a href="/password/forgotten">Forgotten your password?</a></p>
  </form>`;
}

/** The form behind a link: a new password, typed twice, because nobody sees what they type. */
export function newPasswordForm(action: string, email: string, complaint?: string): Html {
  return html`<form method="post" action="${action}">
    ${complaint === undefined ? undefined : html`<p class="alert" role="alert" id="complaint">${complaint}</p>`}
    <label for="username">Email</label>
    <input id="username" name="username" type="email" autocomplete="username" value="${email}" readonly />
    <label for="password">Password</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="new-password"
      maxlength="1024"
      aria-describedby="rule"
      required
    />
    <p class="faint" id="rule">At least ${MIN_LENGTH} characters. A few words in a row are easy to remember.</p>
    <label for="again">Password again</label>
    <input id="again" name="again" type="password" autocomplete="new-password" maxlength="1024" required />
    <button class="wide">Set password and sign in</button>
  </form>`;
}
