import type { DirectoryReads } from '../../../directory/directory.ts';
import type { ObjectKind } from '../../../directory/object-kind.ts';
import type { Filter, Literal } from './filter.ts';

/** The ids of a kind among which all are that can pass a filter: few where the filter names them, else all. */
export function candidateIds(
  directory: DirectoryReads,
  kind: ObjectKind,
  filter: Filter | undefined,
): readonly string[] {
  return (filter && namedIds(directory, filter)) ?? directory.everyId(kind);
}

/** Undefined when any object could pass. */
function namedIds(directory: DirectoryReads, filter: Filter): string[] | undefined {
  if (filter.kind === 'and')
    return filter.operands.map((operand) => namedIds(directory, operand)).find((ids) => ids !== undefined);
  if (filter.kind === 'or') return unionOf(filter.operands.map((operand) => namedIds(directory, operand)));
  if (filter.kind === 'in') return idsOf(directory, filter.path, filter.values);
  if (filter.kind === 'compare' && filter.operator === 'eq') return idsOf(directory, filter.path, [filter.value]);
  return undefined;
}

function idsOf(directory: DirectoryReads, path: string, values: readonly Literal[]): string[] | undefined {
  const texts = values.map(({ value }) => String(value).toLowerCase());
  if (path === 'id') return [...new Set(texts)];
  if (path !== 'userPrincipalName') return undefined;
  return [...new Set(texts.flatMap((upn) => directory.findUserByUpn(upn)?.id ?? []))];
}

function unionOf(alternatives: readonly (string[] | undefined)[]): string[] | undefined {
  return alternatives.some((ids) => ids === undefined)
    ? undefined
    : [...new Set(alternatives.flatMap((ids) => ids ?? []))];
}
