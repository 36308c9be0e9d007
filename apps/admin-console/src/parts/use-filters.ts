import { useSearchParams } from 'react-router';

/** The filters, and the place in the list, that the address names: as the API takes them. */
export function useFilters<const Name extends string>(
  names: readonly Name[],
): Partial<Record<Name | 'cursor', string>> {
  const [query] = useSearchParams();
  const found = [...names, 'cursor' as const].flatMap((name) => {
    const value = query.get(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found) as Partial<Record<Name | 'cursor', string>>;
}
