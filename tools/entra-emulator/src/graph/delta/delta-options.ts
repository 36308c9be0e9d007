/** How delta rounds are cut into pages. Graph's own figures are not documented and vary. */
export interface DeltaOptions {
  /** Objects on a page. */
  readonly pageSize: number;
  /** Links on a page, over all its objects: a larger group comes again and again, with a slice of its members each. */
  readonly linksPerPage: number;
  /** How many of the objects come once more later in their round: from 0, none, to 1, all. */
  readonly repeats: number;
  /** How many pages have an empty one before them: from 0, none, to 1, all. */
  readonly emptyPages: number;
  /** Decides which objects repeat and which pages are empty. */
  readonly seed: number;
}

/** Plain rounds of a usual size. */
export const defaultDeltaOptions: DeltaOptions = {
  pageSize: 200,
  linksPerPage: 1000,
  repeats: 0,
  emptyPages: 0,
  seed: 1,
};
