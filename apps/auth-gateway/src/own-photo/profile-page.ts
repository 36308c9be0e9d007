import type { Organisation } from '@learnamp/organisations';
import type { Profile } from '../home/profile.ts';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { photoTypes } from './own-photo.ts';

export interface ProfilePage {
  readonly organisation: Organisation;
  readonly profile: Profile;
  /** Whether their details come from the directory. */
  readonly isFromEntra: boolean;
  /** Whose photo is shown; null where there is none. */
  readonly photo: 'own' | 'directory' | null;
  readonly notice?: unknown;
  /** Why the photo was not taken. */
  readonly complaint?: string;
}

const notices: Readonly<Record<string, string>> = {
  'photo-changed': 'Your photo is changed.',
  'photo-removed': 'Your own photo is removed.',
  'photo-soon': 'Your change is noted. It takes effect within moments.',
  'photo-refused': 'Nothing was changed: your photo could not be stored.',
};

const noticeOf = (name: unknown): Html | undefined =>
  typeof name === 'string' && Object.hasOwn(notices, name)
    ? html`<p class="notice" role="status">${notices[name]}</p>`
    : undefined;

/** What a learner sees of themselves: what the directory says, and their photo, which they may change. No script. */
export function profilePage(shown: ProfilePage): Page {
  const { organisation, profile, isFromEntra, notice } = shown;
  return {
    title: 'Your profile',
    organisationName: organisation.name,
    corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
    styles: ['/assets/home.css', '/assets/imports.css'],
    body: html`${noticeOf(notice)}
      <section class="card" aria-labelledby="profile-heading">
        <h1 id="profile-heading">Your profile</h1>
        <h2 id="details-heading">${isFromEntra ? 'From Microsoft Entra' : `From ${organisation.name}`}</h2>
        <p id="details-from">${isFromEntra ? fromEntra(organisation) : byHand(organisation)}</p>
        ${factsOf(profile)}
        <p><a href="/">Home page</a></p>
      </section>
      ${photoSection(shown)}`,
  };
}

const fromEntra = ({ name }: Organisation) =>
  `These details come from ${name}'s directory, Microsoft Entra. They can be changed only there: ask whoever looks after it.`;

const byHand = ({ name }: Organisation) =>
  `These details are kept by ${name}. Ask an administrator to have them changed.`;

function factsOf({ name, jobTitle, department, manager, email }: Profile): Html {
  const facts = [
    ['Name', name],
    ['Job title', jobTitle],
    ['Department', department],
    ['Manager', manager],
    ['Email', email],
  ] as const;
  return html`<dl class="facts" aria-labelledby="details-heading">
    ${facts.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value ?? '–'}</dd>
        </div>`,
    )}
  </dl>`;
}

const origins = {
  own: 'This is the photo that you gave yourself. It is shown instead of any in Microsoft Entra.',
  directory: 'This photo comes from Microsoft Entra. You can give yourself another one, which is shown instead.',
  none: 'You have no photo yet.',
} as const;

function photoSection({ photo, complaint }: ProfilePage): Html {
  const described = complaint === undefined ? 'photo-hint' : 'photo-problem photo-hint';
  return html`<section class="card" aria-labelledby="photo-heading">
    <h2 id="photo-heading">Your photo</h2>
    ${photo ? html`<img class="portrait" src="/me/photo" alt="Your photo" width="96" height="96" />` : undefined}
    <p>${origins[photo ?? 'none']}</p>
    <form class="upload" method="post" action="/profile/photo" enctype="multipart/form-data">
      ${complaint === undefined ? undefined : html`<p class="alert" role="alert" id="photo-problem">${complaint}</p>`}
      <label for="photo">Choose a photo</label>
      <input
        id="photo"
        name="photo"
        type="file"
        accept="${photoTypes.join(',')}"
        aria-describedby="${described}"
        required
        ${complaint === undefined ? undefined : html`aria-invalid="true"`}
      />
      <p class="faint" id="photo-hint">A JPEG, PNG or WebP file of at most 500 kB.</p>
      <div class="actions"><button class="primary">Use this photo</button></div>
    </form>
    ${
      photo === 'own'
        ? html`<form method="post" action="/profile/photo/remove"><button>Remove my own photo</button></form>`
        : undefined
    }
  </section>`;
}
