import { propertyValue, type Propertied } from '../property-value.ts';
import type { OrderBy } from './order-by.ts';

/** Sorted without regard to case. Whatever has no value comes first, as in Entra; equal ones keep their order. */
export function sorted<Entry extends { readonly item: Propertied }>(
  entries: readonly Entry[],
  { property, descending }: OrderBy,
): Entry[] {
  const keyed = entries.map((entry) => ({ entry, key: sortKey(entry.item, property) }));
  const sign = descending ? -1 : 1;
  keyed.sort((one, other) => (one.key === other.key ? 0 : one.key < other.key ? -sign : sign));
  return keyed.map(({ entry }) => entry);
}

function sortKey(item: Propertied, property: string): string {
  const value = propertyValue(item, property);
  return typeof value === 'string' ? value.toLowerCase() : '';
}
