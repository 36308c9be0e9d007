import type { Organisation, ProvisioningSettings } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { microsoftSection } from '../tenant-connection/microsoft-section.ts';
import { changesSection } from './changes-section.ts';
import type { Candidate } from './break-glass-candidates.ts';
import { field, select, toggle } from './form-parts.ts';
import type { ChangeView } from './recent-changes.ts';
import type { ShownSettings } from './settings-form.ts';
import { signInPart } from './sign-in-part.ts';

export interface SettingsPage {
  readonly organisation: Organisation;
  /** What the form shows: what is stored, or what somebody typed that could not be. */
  readonly shown: ShownSettings;
  readonly changes: readonly ChangeView[];
  /** Who may be named for emergencies. */
  readonly candidates: readonly Candidate[];
  readonly isSaved: boolean;
  /** What came of a step with Microsoft. */
  readonly microsoft?: unknown;
  /** Why what was asked for was not stored. */
  readonly complaint?: string;
}

/** The settings of an organisation, for an Owner or Admin. A plain form, so it needs no script. */
export function settingsPage(page: SettingsPage): Page {
  const { organisation, shown, changes, candidates, isSaved, microsoft, complaint } = page;
  return {
    title: 'Settings',
    organisationName: organisation.name,
    corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
    styles: ['/assets/home.css', '/assets/settings.css'],
    body: html`${isSaved ? html`<p class="notice" role="status">Your settings are stored. A sync follows by itself.</p>` : undefined}
      ${complaint === undefined ? undefined : html`<p class="alert" role="alert">Nothing is changed: ${complaint}</p>`}
      <section class="card" aria-labelledby="settings-heading">
        <h1 id="settings-heading">Settings</h1>
        <form class="settings" method="post" action="/settings">
          <input type="hidden" name="revision" value="${organisation.revision}" />
          ${provisioningParts(shown.provisioning)} ${signInPart(shown, organisation, candidates)}
          <div class="actions">
            <button class="primary">Save settings</button><a class="button" href="/tokens">API tokens</a
            ><a class="button" href="/">Home page</a>
          </div>
        </form>
      </section>
      ${microsoftSection(organisation, microsoft)} ${changesSection(changes)}`,
  };
}

const provisioningParts = (settings: ProvisioningSettings): Html =>
  html`${switchesPart(settings)} ${invitationsPart(settings)} ${leaversPart(settings)} ${limitsPart(settings)}
  ${mappingPart(settings)}`;

const switchesPart = ({ enabled, create, update, deactivate, managers, photos }: ProvisioningSettings): Html =>
  html`<fieldset>
    <legend>User provisioning</legend>
    ${toggle('enabled', 'Provision users from the group in Microsoft Entra ID', enabled)}
    ${toggle('create', 'Make learners of people who come into the group', create)}
    ${toggle('update', 'Follow changes of their details', update)}
    ${toggle('deactivate', 'Deactivate learners who leave, are deleted or are disabled', deactivate)}
    ${toggle('managers', 'Assign override manager using Manager/Direct Reports in AzureAD', managers)}
    ${toggle('photos', 'Use photos from Microsoft', photos)}
  </fieldset>`;

const invitationsPart = ({ invitations }: ProvisioningSettings): Html =>
  html`<fieldset>
    <legend>Invitations</legend>
    ${select('invitations', 'New learners are invited', invitations, [
      ['held', 'when an administrator sends it'],
      ['immediately', 'at once'],
      ['off', 'not at all'],
    ])}
  </fieldset>`;

const leaversPart = ({ outOfScope: { keep, graceDays } }: ProvisioningSettings): Html =>
  html`<fieldset>
    <legend>People who leave the group</legend>
    ${toggle('keep', 'Keep them active', keep)}
    ${field('graceDays', 'For so many days; empty for as long as they like', graceDays, { max: 3650 })}
  </fieldset>`;

const limitsPart = ({ limits }: ProvisioningSettings): Html =>
  html`${limitPart('removal', 'Removals without approval', limits.removal)}
  ${limitPart('addition', 'Additions without approval', limits.addition)}`;

const limitPart = (name: string, title: string, { share, small, number }: ProvisioningSettings['limits']['removal']) =>
  html`<fieldset>
    <legend>${title}</legend>
    <p class="faint">In one sync or within 24 hours. More than that waits until you approve it.</p>
    ${field(`${name}Share`, 'Up to so many per cent of all learners', percent(share), { max: 100, step: 'any' })}
    ${field(`${name}Small`, 'But always up to so many people', small)}
    ${field(`${name}Number`, 'And never more than so many people; empty for no such limit', number)}
  </fieldset>`;

/** Without the noise of binary fractions. */
const percent = (share: number) => Number((share * 100).toPrecision(6));

const mappingPart = ({ mapping }: ProvisioningSettings): Html =>
  html`<fieldset>
    <legend>Field mapping</legend>
    <label for="mapping">Rules and custom fields, as JSON. Empty lists are the default mapping.</label>
    <textarea id="mapping" name="mapping" rows="8" spellcheck="false">
${typeof mapping === 'string' ? mapping : JSON.stringify(mapping, null, 2)}</textarea>
  </fieldset>`;
