import type { Fault } from '@learnamp/entra-emulator';
import { targetOf, type DeltaCopy, type KnownObject } from './delta-copy.ts';
import type { Answer, Row, TestGraph } from './test-graph.ts';
import { firstAddress, type WalkQuery } from './walk-query.ts';

/** What a mistake may look at. */
export interface MistakeContext {
  readonly graph: TestGraph;
  readonly query: WalkQuery;
  readonly fault: Fault;
  /** The link that was asked. */
  readonly link: string;
  /** The link that the round began with. */
  readonly roundLink: string;
}

/** Something that a client or Graph could get wrong, made on purpose: a history must show that it is wrong. */
export interface Mistake {
  readonly id: string;
  /** A client or a Graph that … */
  readonly says: string;
  /** What becomes of an answer on its way. */
  readonly answer?: (answer: Answer, context: MistakeContext) => Answer | Promise<Answer>;
  /** What the client makes of a row, knowing what it knows; nothing when it takes no notice. */
  readonly row?: (row: Row, copy: DeltaCopy) => Row | undefined;
}

/** What a client may get wrong. */
const clientMistakes: readonly Mistake[] = [
  {
    id: 'C1',
    says: 'a client that replaces the members it knows by each slice',
    row(row, copy) {
      if (row['members@delta'] !== undefined) copy.objects.get(row.id)?.links.clear();
      return row;
    },
  },
  {
    id: 'C2',
    says: 'a client that overlooks @removed on an object',
    row: (row) => (row['@removed'] === undefined ? row : undefined),
  },
  {
    id: 'C3',
    says: 'a client that looks for @removed on a link as a string, as notifications have it',
    row: (row) => mapLinks(row, (link) => (typeof link['@removed'] === 'string' ? link : { id: link.id })),
  },
  {
    id: 'C4',
    says: 'a client that overlooks links that were removed',
    row: (row) => mapLinks(row, (link) => (link['@removed'] === undefined ? link : undefined)),
  },
  {
    id: 'C5',
    says: 'a client that overlooks properties that were cleared',
    row: (row) => ({ ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)), id: row.id }),
  },
  {
    id: 'C6',
    says: 'a client that takes a minimal row for the whole object',
    row(row, copy) {
      copy.objects.set(row.id, { properties: {}, links: copy.objects.get(row.id)?.links ?? new Set() });
      return row;
    },
  },
  {
    id: 'C7',
    says: 'a client that takes an empty page for the end of the round',
    answer({ nextLink, ...rest }, { roundLink }) {
      if (nextLink === undefined) return rest;
      return rest.value.length === 0 ? { ...rest, deltaLink: roundLink } : { ...rest, nextLink };
    },
  },
  {
    id: 'C8',
    says: 'a client that takes its deltaLink from $deltatoken=latest when a round is over',
    answer: (answer, context) => (answer.deltaLink === undefined ? answer : withLatestLink(answer, context)),
  },
  {
    id: 'C9',
    says: 'a client that drops the links to an object when it goes into the recycle bin',
    row(row, copy) {
      if (row['@removed'] !== undefined) for (const known of copy.objects.values()) dropLinksTo(row.id, known);
      return row;
    },
  },
];

/** What Graph, or rather the emulator, may get wrong. */
const graphMistakes: readonly Mistake[] = [
  {
    id: 'G1',
    says: 'a Graph whose deltaLink is past what a lagging replica has seen',
    answer: (answer, context) =>
      answer.deltaLink === undefined || context.fault.lag === undefined ? answer : withLatestLink(answer, context),
  },
  {
    id: 'G2',
    says: 'a Graph that loses the last object of a page',
    answer: (answer) => (answer.nextLink === undefined ? answer : { ...answer, value: answer.value.slice(0, -1) }),
  },
  {
    id: 'G3',
    says: 'a Graph that loses the slice with which a page goes on',
    answer(answer, { link, roundLink }) {
      const [first, ...others] = answer.value;
      if (first === undefined || link === roundLink) return answer;
      return { ...answer, value: [mapLinks(first, () => undefined), ...others] };
    },
  },
  {
    id: 'G4',
    says: 'a Graph that says nothing of objects that go into the recycle bin',
    answer: (answer) => ({ ...answer, value: answer.value.filter((row) => reasonOf(row) !== 'changed') }),
  },
  {
    id: 'G5',
    says: 'a Graph that skips what should follow an empty page',
    async answer(answer, { graph }) {
      if (answer.nextLink === undefined || answer.value.length > 0) return answer;
      return { ...(await graph.call('GET', answer.nextLink)), value: [] };
    },
  },
];

export const mistakes: readonly Mistake[] = [...clientMistakes, ...graphMistakes];

function dropLinksTo(id: string, { links }: KnownObject): void {
  for (const link of links) if (targetOf(link) === id) links.delete(link);
}

function mapLinks(row: Row, change: (link: Row) => Row | undefined): Row {
  const entries = Object.entries(row).map(([name, value]) =>
    name.endsWith('@delta') ? [name, (value as Row[]).map(change).filter((link) => link !== undefined)] : [name, value],
  );
  return { ...(Object.fromEntries(entries) as Record<string, unknown>), id: row.id };
}

async function withLatestLink(answer: Answer, { graph, query }: MistakeContext): Promise<Answer> {
  const { deltaLink } = await graph.call('GET', firstAddress(query, 'latest'));
  return { ...answer, ...(deltaLink === undefined ? {} : { deltaLink }) };
}

function reasonOf(row: Row): unknown {
  return (row['@removed'] as { reason?: unknown } | undefined)?.reason;
}
