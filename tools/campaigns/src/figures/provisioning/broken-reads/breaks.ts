import type { Fault, FaultRequest } from '@learnamp/entra-emulator';
import type { Draw } from '../simulation/draw.ts';
import type { GivenPage, Interference } from '../simulation/graph/interference.ts';

/** What directory-sync was asked for when the reading broke. */
export type Reading = 'full' | 'delta';

/** A way in which the reading of a directory breaks: for these requests of Graph's, this happens. */
interface Way {
  readonly name: string;
  readonly templates: readonly string[];
  readonly fault?: Fault;
  readonly page?: (page: GivenPage) => GivenPage;
  /** How many requests meet it, where not all do. */
  readonly times?: number;
}

const BATCH = 'POST /$batch';
const ROOT = 'GET /groups/{group}';
const MEMBERS = 'GET /groups/{group}/members';
const PEOPLE = 'GET /users';
const PERSON = 'GET /users/{user}';
const MEMBERSHIP = 'POST /users/{user}/checkMemberGroups';
const DELTAS = ['GET /users/delta', 'GET /groups/delta'];
const LISTS = [MEMBERS, PEOPLE, ...DELTAS];

/** A list that ends there, as if nothing followed. */
export const withoutNextLink = (page: GivenPage): GivenPage => ({
  ...Object.fromEntries(Object.entries(page).filter(([name]) => name !== '@odata.nextLink')),
  value: page.value,
});

const cutShort: Way = {
  name: 'a page cut short, without its nextLink',
  templates: LISTS,
  page: (page) => withoutNextLink({ ...page, value: page.value.slice(0, Math.floor(page.value.length / 2)) }),
};

/** Every way in which a reading is known to break. */
const ways: readonly Way[] = [
  { name: 'the connection breaks in the middle of an answer', templates: [BATCH], fault: { cut: 'length' } },
  { name: 'no answer comes', templates: [BATCH, ...LISTS], fault: { drop: true } },
  { name: '500', templates: [BATCH, ROOT, ...LISTS, MEMBERSHIP], fault: { status: 500 } },
  { name: '503', templates: [BATCH, ROOT, ...LISTS, MEMBERSHIP], fault: { status: 503 } },
  { name: '429 for good', templates: [BATCH, MEMBERS], fault: { status: 429, retryAfter: 5 } },
  {
    name: '404',
    templates: [ROOT, MEMBERS, PEOPLE, PERSON, MEMBERSHIP],
    fault: { status: 404, code: 'Request_ResourceNotFound' },
  },
  {
    name: '403',
    templates: [ROOT, ...LISTS, MEMBERSHIP],
    fault: { status: 403, code: 'Authorization_RequestDenied' },
  },
  { name: '401', templates: [BATCH], fault: { status: 401, code: 'InvalidAuthenticationToken' } },
  { name: 'rows of nulls', templates: [MEMBERS, PEOPLE], fault: { idsOnly: true } },
  { name: 'an empty list', templates: LISTS, fault: { emptyAnswer: true } },
  { name: 'an empty page', templates: LISTS, fault: { emptyPage: true }, times: 3 },
  { name: 'a page without its nextLink', templates: LISTS, page: withoutNextLink },
  cutShort,
  { name: 'a link forgotten (400 syncStateNotFound)', templates: DELTAS, fault: { expire: 'delta' } },
  { name: 'a link reset (410)', templates: DELTAS, fault: { expire: 'reset' } },
  { name: 'a page’s link too old', templates: LISTS, fault: { expire: 'page' } },
];

/** One broken reading. */
export interface Break extends Interference {
  readonly says: string;
  readonly reading: Reading;
  /** How many requests met it. */
  readonly met: () => number;
}

/**
 * Draws how a reading breaks, and where: at the how manieth request of a kind, and from there on for all of that kind or
 * for this address alone, until the reading is over.
 */
export function drawBreak(draw: Draw): Break {
  const reading = draw.chance(0.5) ? 'full' : 'delta';
  const way = draw.from(ways.filter(({ templates }) => templates.some(isOf(reading)))) ?? ways[0];
  const template = draw.from(way?.templates.filter(isOf(reading)) ?? []) ?? BATCH;
  return breakAt(way, { reading, template, at: 1 + draw.below(3), alone: template !== BATCH && draw.chance(0.5) });
}

/** A list of members that is shorter than it should be, and says nothing of it. */
export const drawShortList = (draw: Draw): Break =>
  breakAt(cutShort, { reading: 'full', template: MEMBERS, at: 1 + draw.below(3), alone: false });

const isOf = (reading: Reading) => (template: string) =>
  reading === 'full' ? !DELTAS.includes(template) : template !== ROOT;

interface Spot {
  readonly reading: Reading;
  readonly template: string;
  /** The how manieth request, counted from 1. */
  readonly at: number;
  /** Whether only requests for the same address break. */
  readonly alone: boolean;
}

function breakAt(way: Way | undefined, { reading, template, at, alone }: Spot): Break {
  let [seen, met] = [0, 0];
  let address: string | undefined;
  const isBroken = (url: string) => {
    seen += 1;
    if (seen < at || met === way?.times || (alone && address !== undefined && address !== url)) return false;
    address ??= url;
    met += 1;
    return true;
  };
  const fault = ({ template: asked, url }: FaultRequest) =>
    asked === template && isBroken(url) ? way?.fault : undefined;
  const page = (url: string, given: GivenPage) =>
    isListOf(template, url) && isBroken(url) ? (way?.page?.(given) ?? given) : given;
  return {
    says: `${reading} reading, ${way?.name ?? ''} at ${template}, number ${at}${alone ? ', there alone' : ''}`,
    reading,
    met: () => met,
    ...(way?.fault ? { fault } : { page }),
  };
}

const addresses: Readonly<Record<string, RegExp>> = {
  [MEMBERS]: /\/groups\/[^/]+\/members\b/,
  [PEOPLE]: /\/users\?/,
  'GET /users/delta': /\/users\/delta\b/,
  'GET /groups/delta': /\/groups\/delta\b/,
};

const isListOf = (template: string, url: string) => addresses[template]?.test(url) ?? false;
