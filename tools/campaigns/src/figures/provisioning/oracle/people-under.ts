/** Direct members by group, as ids; an id that isn't a key is a person, or a group that isn't there. */
export type NaiveGroups = Readonly<Record<string, readonly string[]>>;

/**
 * The people under a group, sorted: adds the members of every group found so far until nothing more is found. Slow, and
 * plainly right.
 */
export function peopleUnder(groups: NaiveGroups, rootId: string): string[] {
  let found = new Set([rootId]);
  for (;;) {
    const more = new Set([...found, ...[...found].flatMap((id) => groups[id] ?? [])]);
    if (more.size === found.size) return [...found].filter((id) => id.startsWith('person')).sort();
    found = more;
  }
}
