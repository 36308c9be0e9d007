import { type Answer, type Browser, createBrowser } from '@learnamp/testkit';
import { nameOf, type Route } from '../stage/routes.ts';
import type { Stage } from '../stage/stage.ts';
import { type Expectation, type VisitorKind, visitors } from './table.ts';
import type { Place, Things } from './visitors.ts';

export interface Places {
  readonly place: Place;
  /** Another organisation. */
  readonly other: Place;
}

/** Sends one request as each visitor, and says which answers are not as expected. */
export async function ask(stage: Stage, route: Route, expectation: Expectation, places: Places) {
  const wrong: string[] = [];
  for (const visitor of visitors) {
    const things = await (visitor === 'reaching' ? places.other : places.place).things();
    const origin = route.place === 'home' ? places.place.company.home : stage.central;
    const browser = createBrowser();
    const cookies = browser.cookies(new URL(origin).host);
    for (const [name, value] of await cookiesOf(visitor, places)) cookies.set(name, value);
    const answer = await send(browser, origin, route, expectation, things);
    const complaints = complaintsOf(answer, visitor, expectation, places);
    wrong.push(...complaints.map((complaint) => `${nameOf(route)} as ${visitor}: ${complaint}`));
  }
  return { wrong, requests: visitors.length };
}

async function cookiesOf(visitor: VisitorKind, { place, other }: Places): Promise<ReadonlyMap<string, string>> {
  if (visitor === 'none') return new Map();
  if (visitor === 'stale') return place.stale;
  if (visitor === 'another') return other.owner.cookies();
  return (visitor === 'learner' ? place.learner : place.owner).cookies();
}

function send(
  browser: Browser,
  origin: string,
  { method, url }: Route,
  { body, path }: Expectation,
  things: Things,
): Promise<Answer> {
  const address = `${origin}${path?.(things) ?? url}`;
  const document = body?.(things) ?? {};
  if (method === 'GET') return browser.get(address);
  if (method === 'HEAD') return browser.head(address);
  if (method === 'PATCH' || method === 'PUT') return browser.send(method, address, document);
  if (url.startsWith('/api/')) return browser.postJson(address, document);
  return browser.post(address, document as Readonly<Record<string, string>>);
}

function complaintsOf(answer: Answer, visitor: VisitorKind, { expected }: Expectation, { place, other }: Places) {
  const isIn = visitor === 'own' || visitor === 'reaching' || visitor === 'learner';
  // Somebody who asks for another organisation's address may see that address again.
  const hidden = [...(visitor === 'reaching' ? [] : other.secrets), ...(isIn ? [] : place.secrets)];
  const shown = hidden.filter((secret) => answer.body.includes(secret));
  return [
    ...(answer.status === expected[visitor] ? [] : [`${answer.status} instead of ${expected[visitor]}`]),
    ...shown.map((secret) => `shows ${secret}`),
  ];
}
