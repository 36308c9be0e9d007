import { type Organisation, passwordAccessOf, type Role, signsInWithMicrosoft } from '@learnamp/organisations';
import type { ConflictList } from '../conflicts/conflict-list.ts';
import { conflictSection } from '../conflicts/conflict-section.ts';
import type { RenameList } from '../department-renames/rename-list.ts';
import { renameSection } from '../department-renames/rename-section.ts';
import type { HeldChanges } from '../held-changes/held-changes.ts';
import { heldChangesSection } from '../held-changes/held-changes-section.ts';
import type { InvitationList } from '../invitations/invitation-list.ts';
import { invitationSection } from '../invitations/invitation-section.ts';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { type PasswordRefusal, passwordSignInForm } from '../passwords/password-form.ts';
import { syncSection, type SyncSection } from '../sync-runs/sync-section.ts';
import { microsoftForm } from './microsoft-form.ts';
import type { Profile } from './profile.ts';

/** A message that the page before left; any other name shows nothing. */
const notices: Readonly<Record<string, string>> = {
  'signed-out': 'You are signed out.',
  'session-over': 'You were signed out: your session has ended, or your account is no longer active.',
  'signed-out-everywhere': 'You are signed out here and in every other browser.',
  'sync-requested': 'Your sync has been asked for. Its progress is below.',
  'cancel-requested': 'The run has been asked to end. What it has changed by then stays.',
  'run-over': 'There was nothing to cancel: the run is over already.',
  'preview-requested': 'Your preview has been asked for. Its progress is below.',
  'invitations-queued': 'The invitations are on their way.',
  'invitation-refused': 'Nothing was sent: it has changed meanwhile. Its state is below.',
  'conflict-answered': 'Your answer is noted. It takes effect within moments.',
  'conflict-refused': 'Nothing was changed: it has been answered, or changed meanwhile. What waits is below.',
  'rename-answered': 'Your answer is noted. It takes effect within moments.',
  'rename-refused': 'Nothing was changed: it has been answered, or its people are elsewhere by now.',
  'verdict-given': 'Your answer is noted. It takes effect within moments.',
};

const noticeOf = (name: unknown): Html | undefined =>
  typeof name === 'string' && Object.hasOwn(notices, name)
    ? html`<p class="notice" role="status">${notices[name]}</p>`
    : undefined;

/** What a visitor asked for, and what came of it. */
export interface Asked {
  readonly notice?: unknown;
  readonly returnTo: string;
  readonly refusal?: PasswordRefusal;
}

/** An organisation's home for somebody who is not signed in: the place where signing in starts. */
export function welcomePage(organisation: Organisation, { notice, returnTo, refusal }: Asked): Page {
  const { name } = organisation;
  const byMicrosoft = signsInWithMicrosoft(organisation);
  const access = passwordAccessOf(organisation).kind;
  return {
    title: name,
    organisationName: name,
    body: html`${noticeOf(notice)}
      <section class="card welcome">
        <h1>Welcome to ${name}</h1>
        ${
          byMicrosoft
            ? html`<p>Sign in with your work account to start learning.</p>
                ${microsoftForm(returnTo)}`
            : undefined
        }
        ${byMicrosoft && access === 'everybody' ? html`<p class="or">or</p>` : undefined}
        ${access === 'everybody' ? passwordSignInForm(returnTo, refusal) : undefined}
        ${access === 'one' ? html`<p class="faint"><a href="/sign-in/emergency">Emergency sign-in</a></p>` : undefined}
      </section>`,
  };
}

/** What an Owner or Admin sees besides. */
export interface Administration {
  readonly sync: SyncSection;
  readonly held: HeldChanges | null;
  readonly conflicts: ConflictList;
  readonly renames: RenameList;
  readonly invitations: InvitationList;
  readonly now: Date;
}

export interface SignedInHome {
  readonly organisation: Organisation;
  readonly profile: Profile;
  readonly role: Role;
  readonly notice: unknown;
  /** For an Owner or Admin. */
  readonly administration: Administration | null;
}

/** An organisation's home for a learner. */
export function homePage({ organisation, profile, role, notice, administration }: SignedInHome): Page {
  return {
    title: organisation.name,
    organisationName: organisation.name,
    corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
    styles: ['/assets/home.css'],
    scripts: ['/assets/session-watch.mjs', ...(administration ? ['/assets/sync-users.mjs'] : [])],
    body: html`${noticeOf(notice)} ${profileCard(profile, role)}
    ${administration ? sectionsOf(administration) : undefined}`,
  };
}

function sectionsOf({ sync, held, conflicts, renames, invitations, now }: Administration): Html {
  return html`${held ? heldChangesSection(held, now) : undefined}
  ${conflicts.total > 0 ? conflictSection(conflicts) : undefined}
  ${renames.total > 0 ? renameSection(renames) : undefined} ${syncSection(sync)}
  ${invitations.total > 0 ? invitationSection(invitations) : undefined}`;
}

function profileCard(profile: Profile, role: Role): Html {
  const facts = [
    ['Job title', profile.jobTitle],
    ['Department', profile.department],
    ['Manager', profile.manager],
    ['Email', profile.email],
    ['Role', role],
  ] as const;
  return html`<section class="card profile" aria-labelledby="greeting">
    ${portrait(profile)}
    <div>
      <h1 id="greeting">Hello, ${profile.name}</h1>
      <dl class="facts">
        ${facts.map(([name, value]) =>
          value
            ? html`<div>
                <dt>${name}</dt>
                <dd>${value}</dd>
              </div>`
            : undefined,
        )}
      </dl>
      <p class="actions">${links(role)}</p>
    </div>
  </section>`;
}

const links = (role: Role): Html =>
  html`<a href="/profile">Your profile</a> <a href="/sessions">Where you are signed in</a> ${
      role === 'Learner'
        ? undefined
        : html`<a href="/admin">Administration</a> <a href="/imports">Import people</a>
            <a href="/sync-runs">Sync runs</a> <a href="/provisioning-log">Provisioning log</a>
            <a href="/audit-log">Audit log</a> <a href="/sign-ins">Sign-ins</a> <a href="/settings">Settings</a>`
    }`;

function portrait({ hasPhoto, name }: Profile): Html {
  if (hasPhoto) return html`<img class="portrait" src="/me/photo" alt="Your photo" width="96" height="96" />`;
  const initials = name.split(/\s+/).map((part) => /^./u.exec(part)?.[0] ?? '');
  const shown = [initials[0], initials.length > 1 ? initials.at(-1) : ''].join('').toUpperCase();
  return html`<span class="portrait" aria-hidden="true">${shown}</span>`;
}
