import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import { connectWords } from './connect-refusals.ts';
import { type MicrosoftView, microsoftViewOf } from './microsoft-view.ts';

/** What came of the last step: of connecting, or of another one on the section's own pages. */
const notices: Readonly<Record<string, string>> = {
  ...connectWords,
  'group-chosen': 'The group is chosen. A sync of its people follows by itself.',
  tested: 'Signing in with Microsoft works: you have just done it. The settings above can switch passwords off now.',
  disconnected: 'Microsoft is disconnected. Connect it again to undo this.',
};
const good: readonly string[] = ['connected', 'group-chosen', 'tested', 'disconnected'];

/** Connecting Microsoft, and what follows from it, for an Owner or Admin. Plain forms, so it needs no script. */
export function microsoftSection(organisation: Organisation, outcome: unknown): Html {
  const view = microsoftViewOf(organisation);
  return html`<section class="card" id="microsoft" aria-labelledby="microsoft-heading">
    <h2 id="microsoft-heading">Microsoft</h2>
    ${noticeOf(outcome)} ${signInPart(view)} ${provisioningPart(view)}
    ${view.provisioning ? groupPart(view) : undefined} ${view.provisioning ? permissionsPart : undefined}
    ${view.connected ? disconnectPart : undefined}
  </section>`;
}

function noticeOf(outcome: unknown): Html | undefined {
  if (typeof outcome !== 'string' || !Object.hasOwn(notices, outcome)) return undefined;
  return good.includes(outcome)
    ? html`<p class="notice" role="status">${notices[outcome]}</p>`
    : html`<p class="alert" role="alert">${notices[outcome]}</p>`;
}

const connectForm = (consent: 'sign-in' | 'provisioning', label: string): Html =>
  html`<form method="post" action="/settings/microsoft/connect">
    <button name="consent" value="${consent}">${label}</button>
  </form>`;

const signInPart = ({ signIn }: MicrosoftView): Html =>
  html`<h3>Signing in</h3>
    <p>
      ${
        signIn
          ? 'Connected: people sign in with Microsoft.'
          : 'Not connected. An administrator of your tenant agrees that Learn Amp may know who signs in; nothing else is read.'
      }
    </p>
    ${signIn ? testForm : connectForm('sign-in', 'Connect for signing in')}`;

const testForm = html`<form method="post" action="/settings/microsoft/sign-in-test">
    <button>Test sign-in</button>
    <p class="faint">You sign in as yourself, and come back here.</p>
  </form>
  <p><a href="/sign-ins">Recent sign-ins, and why some were refused</a></p>`;

const provisioningPart = ({ provisioning }: MicrosoftView): Html =>
  html`<h3>User provisioning</h3>
    <p>
      ${
        provisioning
          ? 'Connected: Learn Amp may read your directory.'
          : 'Not connected. A Global Administrator or Privileged Role Administrator agrees that Learn Amp may read people, groups and photos.'
      }
    </p>
    ${connectForm('provisioning', provisioning ? 'Ask for the permissions again' : 'Connect for provisioning')}`;

const groupPart = ({ groupId }: MicrosoftView): Html =>
  html`<h3>Group</h3>
    <p>
      ${groupId === null ? 'No group is chosen yet, so nobody is provisioned.' : `The people of the group ${groupId} become learners.`}
    </p>
    <form method="post" action="/settings/microsoft/questions">
      <label for="about">Object ID of a group, or how its name begins</label>
      <input id="about" name="about" required maxlength="200" autocomplete="off" spellcheck="false" />
      <button>Look for the group</button>
    </form>`;

const permissionsPart = html`<form method="post" action="/settings/microsoft/questions">
  <button name="question" value="permissions">Check the permissions</button>
</form>`;

const disconnectPart = html`<p><a href="/settings/microsoft/disconnect">Disconnect Microsoft …</a></p>`;
