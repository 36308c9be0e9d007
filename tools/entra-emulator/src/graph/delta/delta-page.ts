import type { LinkChange } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { JsonObject } from '../../json.ts';
import { draw, happens } from './chance.ts';
import { deltaEntry } from './delta-entry.ts';
import type { DeltaOptions } from './delta-options.ts';
import type { Candidates, DeltaPosition, DeltaRound } from './delta-round.ts';
import { deltaRow } from './delta-row.ts';
import { entryLinks, linkKey } from './entry-links.ts';
import type { Recent } from './recent.ts';

/** What the pages of a round are made from. */
export interface PageSource {
  readonly directory: DirectoryReads;
  readonly round: DeltaRound;
  readonly candidates: Candidates;
  readonly options: DeltaOptions;
  readonly isMinimal: boolean;
  readonly recentLinks: Recent<readonly LinkChange[]>;
}

/** Rows, and where the next page begins; nowhere at the end of the round. */
export interface DeltaPage {
  readonly rows: JsonObject[];
  readonly next: DeltaPosition | undefined;
}

/** What fits of an object on a page. */
interface Part {
  /** One, or none when the round has nothing to say of the object. */
  readonly rows: readonly JsonObject[];
  readonly links: number;
  /** The last link that fits, when there are more. */
  readonly cutAt?: string;
}

/** A page of a round. The same position gives the same page again, as far as nothing has changed meanwhile. */
export function deltaPage(source: PageSource, start: DeltaPosition): DeltaPage {
  if (hasEmptyPageBefore(source, start)) return { rows: [], next: { ...start, isAfterEmptyPage: true } };
  const { pageSize, linksPerPage } = source.options;
  const { ids } = source.candidates;
  const rows: JsonObject[] = [];
  let room = linksPerPage;
  let { index, afterLink } = start;
  while (index < ids.length && rows.length < pageSize) {
    const part = partOf(source, index, room, afterLink);
    if (part === undefined) break;
    rows.push(...part.rows, ...(afterLink === undefined ? repeated(source, index) : []));
    room -= part.links;
    afterLink = part.cutAt;
    // Too many links for this page: the same object comes again with the rest.
    if (afterLink !== undefined) break;
    index += 1;
  }
  return { rows, next: index < ids.length ? { index, ...(afterLink === undefined ? {} : { afterLink }) } : undefined };
}

/** Undefined when the object has links and the page has no room for any. */
function partOf(source: PageSource, index: number, room: number, afterLink?: string): Part | undefined {
  const { directory, round, candidates } = source;
  const id = candidates.ids[index] ?? '';
  const entry = deltaEntry(directory, round, id, candidates.changes?.get(id));
  if (entry === undefined) return { rows: [], links: 0 };
  const all = entryLinks(directory, round.query, entry, source.recentLinks);
  const left = afterLink === undefined ? all : all.filter((link) => linkKey(link) > afterLink);
  if (left.length > 0 && room === 0) return undefined;
  const slice = left.slice(0, room);
  const rows = [deltaRow(directory, round.query, entry, slice, source.isMinimal)];
  const last = slice.at(-1);
  const isCut = last !== undefined && slice.length < left.length;
  return { rows, links: slice.length, ...(isCut ? { cutAt: linkKey(last) } : {}) };
}

function hasEmptyPageBefore({ options, round }: PageSource, { index, isAfterEmptyPage }: DeltaPosition): boolean {
  return isAfterEmptyPage === undefined && happens(options.emptyPages, options.seed, round.upTo, index, 1);
}

/** Now and then an object of the round comes once more. */
function repeated(source: PageSource, index: number): readonly JsonObject[] {
  const { repeats, seed, linksPerPage } = source.options;
  const { upTo } = source.round;
  if (index === 0 || !happens(repeats, seed, upTo, index, 2)) return [];
  return partOf(source, draw(index, seed, upTo, index, 3), linksPerPage)?.rows ?? [];
}
