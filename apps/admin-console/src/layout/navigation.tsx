import { NavLink } from 'react-router';
import { words } from '../words/words.ts';

const { navigation: names } = words;

type Place = readonly [to: string, name: string];

const overview: readonly Place[] = [['/', names.overview]];

const groups: readonly { readonly name: string; readonly places: readonly Place[] }[] = [
  {
    name: names.groups.sync,
    places: [
      ['/held', names.held],
      ['/runs', names.runs],
      ['/log', names.log],
      ['/skipped', names.skipped],
      ['/conflicts', names.conflicts],
    ],
  },
  {
    name: names.groups.people,
    places: [
      ['/people', names.people],
      ['/teams', names.teams],
      ['/managers', names.managers],
      ['/invitations', names.invitations],
    ],
  },
  {
    name: names.groups.set,
    places: [
      ['/setup', names.setup],
      ['/settings', names.settings],
      ['/mapping', names.mapping],
      ['/microsoft', names.microsoft],
      ['/sign-in', names.signIn],
      ['/notices', names.notices],
      ['/tokens', names.tokens],
      ['/audit', names.audit],
    ],
  },
];

/** Every page of the console, by what it is for. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  return (
    <nav id="navigation" className="navigation" aria-label={names.label}>
      <Places places={overview} onGo={onGo} />
      {groups.map(({ name, places }) => (
        <section key={name} aria-label={name}>
          <h2>{name}</h2>
          <Places places={places} onGo={onGo} />
        </section>
      ))}
      <ul>
        <li>
          <a href="/imports">{names.imports}</a>
        </li>
      </ul>
      <Places places={[['/troubleshooting', names.troubleshooting]]} onGo={onGo} />
    </nav>
  );
}

function Places({ places, onGo }: { readonly places: readonly Place[]; readonly onGo: () => void }) {
  return (
    <ul>
      {places.map(([to, name]) => (
        <li key={to}>
          <NavLink to={to} end={to === '/'} state={{ from: 'navigation' }} onClick={onGo}>
            {name}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
