import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { Candidate } from './break-glass-candidates.ts';
import { select, toggle } from './form-parts.ts';
import type { ShownSettings } from './settings-form.ts';

/** How people sign in, on the settings page. */
export const signInPart = (
  { singleSignOn, passwords }: ShownSettings,
  { signInTest }: Organisation,
  candidates: readonly Candidate[],
): Html =>
  html`<fieldset>
    <legend>Signing in</legend>
    ${toggle('singleSignOn', 'Sign in with Microsoft, once it is connected', singleSignOn.enabled)}
    ${toggle('guests', 'Let guests of your tenant sign in with Microsoft', singleSignOn.guests)}
    ${toggle('passwords', 'Allow email and password beside Microsoft', passwords.enabled)}
    <p class="faint">
      ${
        signInTest
          ? html`Signing in with Microsoft was tested: ${timeOf(signInTest.at.toISOString())}.`
          : 'Email and password can be switched off once you have pressed Test sign-in, below under Microsoft.'
      }
      Then everybody signs in with Microsoft, but for the Owner who is named here. Where Microsoft is switched off or
      disconnected, email and password come back by themselves.
    </p>
    ${select('breakGlassOwner', 'Owner who may use a password in an emergency', passwords.breakGlassOwner ?? '', [
      ['', 'Nobody'],
      ...options(passwords.breakGlassOwner, candidates),
    ])}
    ${candidates.length > 0 ? undefined : html`<p class="faint">No active Owner has a password yet. An Owner gets one by “Forgotten your password?” on the home page.</p>`}
  </fieldset>`;

/** Whoever is named is shown, also if they could not be named today. */
function options(named: string | null, candidates: readonly Candidate[]): (readonly [string, string])[] {
  const known = candidates.map(({ learnerId, name }) => [learnerId, name] as const);
  const isKnown = named === null || candidates.some(({ learnerId }) => learnerId === named);
  return isKnown ? known : [...known, [named, 'Somebody who can’t any more']];
}
