import { kinds, objectKinds, type ObjectKind } from '../../directory/object-kind.ts';
import { isExtension } from '../../directory/property-type.ts';

const spellings: ReadonlyMap<ObjectKind, ReadonlyMap<string, string>> = new Map(
  objectKinds.map((kind) => [
    kind,
    new Map(Object.keys(kinds[kind].properties).map((name) => [name.toLowerCase(), name])),
  ]),
);

/** How Graph spells a property of a kind, which a caller may write in any case; undefined when there is none. */
export function spelledProperty(kind: ObjectKind, name: string): string | undefined {
  return spellings.get(kind)?.get(name.toLowerCase()) ?? (isExtension(name) ? name : undefined);
}
