/**
 * The manager chains that lead back to themselves, from each person's manager; a person who manages themselves is a
 * cycle of one. Each cycle runs from person to manager and begins with its smallest id; cycles are in order of it.
 */
export function findManagerCycles(managerOf: ReadonlyMap<string, string>): string[][] {
  const cycles: string[][] = [];
  const visited = new Set<string>();
  for (const start of managerOf.keys()) {
    const chain = chainFrom(start, managerOf, visited);
    // Everybody has one manager at most, so a chain that met itself has one cycle: its end.
    const entry = managerOf.get(chain.at(-1) ?? start);
    const from = entry === undefined ? -1 : chain.indexOf(entry);
    if (from >= 0) cycles.push(fromSmallest(chain.slice(from)));
  }
  return cycles.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

/** Follows managers until there is none, or one that was visited before. */
function chainFrom(start: string, managerOf: ReadonlyMap<string, string>, visited: Set<string>): string[] {
  const chain: string[] = [];
  for (let person: string | undefined = start; person !== undefined; person = managerOf.get(person)) {
    if (visited.has(person)) break;
    visited.add(person);
    chain.push(person);
  }
  return chain;
}

function fromSmallest(cycle: readonly string[]): string[] {
  const smallest = cycle.reduce((best, id, index) => (id < (cycle[best] ?? '') ? index : best), 0);
  return [...cycle.slice(smallest), ...cycle.slice(0, smallest)];
}
