import type { EntraUser } from '../ports.ts';
import { hiddenFields, html, type Html } from './html.ts';
import type { Page } from './page.ts';

/** Somebody to choose, and what is posted when they are. */
export interface PersonShown {
  readonly user: EntraUser;
  readonly value: string;
}

/** What the page to choose a person shows. */
export interface AccountChoice {
  readonly heading: string;
  readonly tenantName: string;
  /** Where the choice is posted, and what goes with it. */
  readonly action: string;
  readonly continuation: string;
  /** The page itself, for the search to come back to. */
  readonly page: { readonly path: string; readonly parameters: ReadonlyMap<string, string> };
  readonly search: string;
  readonly people: readonly PersonShown[];
  /** There are more people than those shown. */
  readonly more: boolean;
  readonly typed: string;
  /** The value of the person who is signed in. */
  readonly signedIn?: string;
  /** What was wrong with the last choice. */
  readonly alert?: string;
}

/** A page to choose a person or to type a name. Plain forms: it works without JavaScript and by keyboard. */
export function accountPage(choice: AccountChoice): Page {
  return {
    title: choice.heading,
    body: html`
      <h1>${choice.heading}</h1>
      <p class="faint">${choice.tenantName}</p>
      ${choice.alert === undefined ? undefined : html`<p class="alert" role="alert">${choice.alert}</p>`}
      ${searchForm(choice)} ${peopleForm(choice)} ${nameForm(choice)}
    `,
  };
}

function searchForm({ page, search }: AccountChoice): Html {
  const kept = Array.from(page.parameters).filter(([name]) => name !== 'search');
  return html`<form role="search" method="get" action="${page.path}">
    ${hiddenFields(kept)}
    <label for="search">Search people</label>
    <div class="row">
      <input type="search" id="search" name="search" value="${search}" />
      <button>Search</button>
    </div>
  </form>`;
}

function peopleForm(choice: AccountChoice): Html {
  const { people, search } = choice;
  if (people.length === 0) return html`<p role="status">Nobody matches “${search}”.</p>`;
  return html`<form method="post" action="${choice.action}">
    ${hiddenFields([['continue', choice.continuation]])}
    <h2 id="people">Choose an account</h2>
    <ul class="people" aria-labelledby="people">
      ${people.map((one, index) => person(one, index, choice.signedIn))}
    </ul>
    ${
      choice.more
        ? html`<p class="faint" role="status">Only the first ${people.length} are shown. Search to find others.</p>`
        : undefined
    }
  </form>`;
}

/** The button's name is the display name alone; the rest describes it. */
function person({ user, value }: PersonShown, index: number, signedIn: string | undefined): Html {
  const marks = [
    ...(value === signedIn ? ['Signed in'] : []),
    ...(user.userType === 'Guest' ? ['Guest'] : []),
    ...(user.accountEnabled ? [] : ['Disabled']),
  ];
  return html`<li>
    <button name="account" value="${value}" aria-labelledby="name-${index}" aria-describedby="about-${index}">
      <strong id="name-${index}">${user.displayName}</strong>
      <span id="about-${index}"
        ><span class="faint">${user.userPrincipalName}</span>${marks.map(
          (mark) => html` <span class="mark">${mark}</span>`,
        )}</span
      >
    </button>
  </li>`;
}

function nameForm({ action, continuation, typed }: AccountChoice): Html {
  return html`<form method="post" action="${action}">
    ${hiddenFields([['continue', continuation]])}
    <h2>Use another account</h2>
    <label for="account">User principal name</label>
    <div class="row">
      <input
        type="text"
        id="account"
        name="account"
        value="${typed}"
        autocomplete="username"
        spellcheck="false"
        required
      />
      <button class="primary">Next</button>
    </div>
  </form>`;
}
