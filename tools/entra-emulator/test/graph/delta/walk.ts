import type { LocalGraph } from '../../../src/index.ts';
import { ask, type LocalAnswer } from '../local-caller.ts';
import type { Row } from '../running-emulator.ts';

/** A round, page by page. */
export interface Walk {
  readonly pages: readonly Row[][];
  readonly rows: readonly Row[];
  readonly deltaLink: string;
}

/** Follows nextLinks to the end of a round. */
export async function walk(graph: LocalGraph, start: string | undefined): Promise<Walk> {
  const pages: Row[][] = [];
  for (let link = start; ;) {
    const { status, body }: LocalAnswer = await ask(graph, 'GET', link);
    if (status !== 200) throw new Error(`${status} ${body.error.code}`);
    pages.push(body.value);
    const deltaLink = body['@odata.deltaLink'];
    if (deltaLink !== undefined) return { pages, rows: pages.flat(), deltaLink };
    link = body['@odata.nextLink'];
  }
}
