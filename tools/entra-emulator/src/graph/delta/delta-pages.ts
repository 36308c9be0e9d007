import type { LinkChange } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import type { JsonObject } from '../../json.ts';
import type { PageStore } from '../paging/page-store.ts';
import type { DeltaEntry } from './delta-entry.ts';
import { deltaRow, entryLinks } from './delta-row.ts';
import type { DeltaQuery, DeltaTokens } from './delta-token.ts';

/** A walk over the changes, fixed when it begins, so that a page can be asked for again. */
export interface DeltaRound {
  readonly query: DeltaQuery;
  /** Where the next round begins: at the start of this one, since what changes during it may be missed. */
  readonly sequence: number;
  readonly entries: readonly DeltaEntry[];
  /** Links of entries that have been cut over pages, kept as they were at the first cut. */
  readonly cutLinks: Map<string, readonly LinkChange[]>;
}

/** Where in a round a page begins. */
export interface DeltaPosition {
  readonly round: DeltaRound;
  readonly entry: number;
  readonly link: number;
}

/** What delta queries remember of their callers, and how large their pages are. */
export interface DeltaPages {
  readonly rounds: PageStore<DeltaPosition>;
  readonly tokens: DeltaTokens;
  readonly pageSize: number;
  /** Links on one page, over all objects. */
  readonly linksPerPage: number;
}

/** The rows of a page, and where the next one begins; undefined at the end of the round. */
export function deltaPage(
  directory: DirectoryReads,
  sizes: Pick<DeltaPages, 'pageSize' | 'linksPerPage'>,
  start: DeltaPosition,
  minimal: boolean,
): { rows: JsonObject[]; next: DeltaPosition | undefined } {
  const { round } = start;
  const rows: JsonObject[] = [];
  let { entry, link } = start;
  let room = sizes.linksPerPage;
  for (let current = round.entries[entry]; current && rows.length < sizes.pageSize; current = round.entries[entry]) {
    const links = round.cutLinks.get(current.id) ?? entryLinks(directory, round.query, current);
    if (links.length > 0 && room === 0) break;
    const slice = links.slice(link, link + room);
    rows.push(deltaRow(directory, round.query, current, slice, minimal));
    room -= slice.length;
    link += slice.length;
    if (link < links.length) {
      // Too many for this page: the same object comes again with the rest.
      round.cutLinks.set(current.id, links);
      break;
    }
    entry += 1;
    link = 0;
  }
  return { rows, next: entry < round.entries.length ? { round, entry, link } : undefined };
}
