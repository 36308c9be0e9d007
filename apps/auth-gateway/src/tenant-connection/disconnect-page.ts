import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import type { DisconnectImpact } from './disconnecting.ts';

/** What disconnecting comes to, before anybody does it. */
export function disconnectPage(organisation: Organisation, impact: DisconnectImpact): Page {
  return {
    title: 'Disconnect Microsoft',
    organisationName: organisation.name,
    styles: ['/assets/home.css', '/assets/settings.css'],
    body: html`<section class="card" aria-labelledby="disconnect-heading">
      <h1 id="disconnect-heading">Disconnect Microsoft</h1>
      ${consequences(impact, organisation.passwords.enabled)} ${form(impact)}
      <p><a href="/settings#microsoft">Back to the settings</a></p>
    </section>`,
  };
}

const consequences = ({ learners, fromDirectory, withPassword }: DisconnectImpact, havePasswords: boolean): Html =>
  html`<ul>
    <li>
      All ${learners} active learners keep their accounts, with their details, teams and managers as they are now.
    </li>
    <li>
      ${fromDirectory} of them come from Microsoft: nothing of them follows it any more. Nobody is added, and nobody who
      leaves is deactivated.
    </li>
    <li>
      Nobody signs in with Microsoft any more.
      ${havePasswords ? undefined : 'Signing in with email and password is switched on again.'} ${withPassword} of
      ${learners} have a password; the others can only come by an invitation. Whoever is signed in stays so until the
      session ends.
    </li>
    <li>Your tenant may then be connected to another organisation. Microsoft's notifications to Learn Amp end.</li>
    <li>
      What your administrator agreed to stays in Microsoft Entra until you delete Learn Amp there, under Enterprise
      applications.
    </li>
    <li>To undo it, connect again and choose the group: everybody is found again by their Object ID.</li>
  </ul>`;

const form = ({ youHaveAPassword }: DisconnectImpact): Html =>
  html`${
      youHaveAPassword
        ? undefined
        : html`<p class="alert" role="alert">
            You have no password yourself: after this session you could not sign in.
          </p>`
    }
    <form method="post" action="/settings/microsoft/disconnect">
      <button class="primary">Disconnect Microsoft</button>
    </form>`;
