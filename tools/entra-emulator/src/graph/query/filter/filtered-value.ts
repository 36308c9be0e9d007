import type { DirectoryReads } from '../../../directory/directory.ts';
import type { JsonValue } from '../../../json.ts';
import { propertyValue, type Propertied } from '../property-value.ts';
import type { Path } from './filter.ts';

/** Relations that a filter can count as if they were collections of the object itself. */
const relations: ReadonlyMap<Path, (directory: DirectoryReads, id: string) => Iterable<string>> = new Map([
  ['owners', (directory: DirectoryReads, id: string) => directory.ownerIds(id)],
  ['ownedObjects', (directory: DirectoryReads, id: string) => directory.ownedIds(id)],
]);

/** What a filter finds at a path of an object. */
export function filteredValue(directory: DirectoryReads, object: Propertied, path: Path): JsonValue | undefined {
  const relation = relations.get(path);
  const { id: own } = object.properties;
  if (relation === undefined || typeof own !== 'string') return propertyValue(object, path);
  return [...relation(directory, own)].filter((id) => directory.find(id) !== undefined);
}
