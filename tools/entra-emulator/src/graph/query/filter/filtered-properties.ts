import type { Filter, Path } from './filter.ts';

/** The properties that a filter asks about, by the first part of their path. */
export function filteredProperties(filter: Filter): Set<string> {
  return new Set(paths(filter).map((path) => path.split('/')[0] ?? ''));
}

function paths(filter: Filter): Path[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap(paths);
    case 'not':
      return paths(filter.operand);
    default:
      return [filter.path];
  }
}
