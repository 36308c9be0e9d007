import { type Answer, type Browser, createBrowser } from '@learnamp/testkit';
import { nameOf, type Route } from '../stage/routes.ts';
import type { Stage } from '../stage/stage.ts';
import { type Expectation, programs, statusFor, type VisitorKind, visitors } from './table.ts';
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
    const headers = tokenFor(visitor, route, places);
    const answer = await send(browser, origin, route, expectation, things, headers);
    const complaints = complaintsOf(answer, visitor, expectation, places);
    wrong.push(...complaints.map((complaint) => `${nameOf(route)} as ${visitor}: ${complaint}`));
  }
  if (route.scope !== expectation.scope) wrong.push(`${nameOf(route)}: takes tokens of ${route.scope ?? 'no scope'}`);
  return { wrong, requests: visitors.length };
}

async function cookiesOf(visitor: VisitorKind, { place, other }: Places): Promise<ReadonlyMap<string, string>> {
  if (visitor === 'none' || isProgram(visitor)) return new Map();
  if (visitor === 'stale') return place.stale;
  if (visitor === 'another') return other.owner.cookies();
  return (visitor === 'learner' ? place.learner : place.owner).cookies();
}

const isProgram = (visitor: VisitorKind) => programs.some((program) => program === visitor);

/** The header of a program. Where the route takes no tokens it sends one that is for everything else. */
function tokenFor(visitor: VisitorKind, { scope }: Route, { place, other }: Places): Readonly<Record<string, string>> {
  if (!isProgram(visitor)) return {};
  const { exactly, without } = (visitor === 'foreign token' ? other : place).tokens;
  const token = visitor === 'narrow token' || scope === undefined ? without.get(scope ?? '') : exactly.get(scope);
  return { authorization: `Bearer ${token ?? ''}` };
}

function send(
  browser: Browser,
  origin: string,
  { method, url }: Route,
  { body, path }: Expectation,
  things: Things,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const address = `${origin}${path?.(things) ?? url}`;
  const document = body?.(things) ?? {};
  if (method === 'GET') return browser.get(address, headers);
  if (method === 'HEAD') return browser.head(address, headers);
  if (method === 'PATCH' || method === 'PUT' || method === 'DELETE') {
    return browser.send(method, address, document, headers);
  }
  if (url.startsWith('/api/')) return browser.postJson(address, document, headers);
  return browser.post(address, document as Readonly<Record<string, string>>, headers);
}

function complaintsOf(answer: Answer, visitor: VisitorKind, expectation: Expectation, { place, other }: Places) {
  const status = statusFor(visitor, expectation);
  const isIn = visitor === 'own' || visitor === 'token' || visitor === 'reaching' || visitor === 'learner';
  // Somebody who asks for another organisation's address may see that address again.
  const hidden = [...(visitor === 'reaching' ? [] : other.secrets), ...(isIn ? [] : place.secrets)];
  const shown = hidden.filter((secret) => answer.body.includes(secret));
  return [
    ...(answer.status === status ? [] : [`${answer.status} instead of ${status}`]),
    ...shown.map((secret) => `shows ${secret}`),
  ];
}
