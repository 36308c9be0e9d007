import { isExtension, type Properties } from '../../../directory/property-type.ts';
import type { Literal, Path } from './filter.ts';

/** What a property may be asked. `null` is a comparison with null, `count` one of `/$count`. */
export type FilterOperator = 'eq' | 'in' | 'ge' | 'le' | 'startswith' | 'endswith' | 'null' | 'count';

/** How a property can be filtered by. `ne` and `not` go with `eq`, but always want an advanced query. */
export interface FilterRule {
  /** As Graph spells it: names in a filter are taken in any case. */
  readonly path: Path;
  /** The type that values must have; undefined where nothing declares it. */
  readonly type: Literal['type'] | undefined;
  /** The collection that only `any` can look into; undefined for a single value. */
  readonly collection: Path | undefined;
  readonly basic: ReadonlySet<string>;
  readonly advanced: ReadonlySet<string>;
}

/** The rules of a kind of object; paths are taken in any case. */
export interface FilterRules {
  find(path: Path): FilterRule | undefined;
  /** How a collection is spelled that `any` can look into. */
  collection(path: Path): Path | undefined;
}

/**
 * A table by path: `eq in | ge`. What is before the bar works in every query, what is after it in advanced queries alone.
 * A property that is not in the table can't be filtered by. `date:`, `guid:` or `texts:` in front is the type of a value where the properties don't tell.
 */
export type FilterTable = Readonly<Record<Path, string>>;

const literalTypes: Readonly<Record<string, Literal['type']>> = {
  text: 'text',
  texts: 'text',
  boolean: 'boolean',
  number: 'number',
  date: 'date',
  guid: 'guid',
};

/** Makes the rules of a kind of object from its table. */
export function filterRules(properties: Properties, table: FilterTable): FilterRules {
  const rules = new Map(
    Object.entries(table).map(([path, text]) => [path.toLowerCase(), toRule(properties, path, text)]),
  );
  const collections = new Map(
    [...rules.values()].flatMap(({ collection }) =>
      collection === undefined ? [] : [[collection.toLowerCase(), collection]],
    ),
  );
  return {
    find: (path) => rules.get(path.toLowerCase()) ?? extensionRule(path),
    collection: (path) => collections.get(path.toLowerCase()),
  };
}

function toRule(properties: Properties, path: Path, text: string): FilterRule {
  const [, given, basic = '', advanced = ''] = /^(?:(\w+):)?([^|]*)\|?(.*)$/.exec(text) ?? [];
  const [head = ''] = path.split('/');
  const type = given ?? properties[path]?.type ?? 'text';
  const collection = properties[head]?.type === 'objects' ? head : type === 'texts' ? path : undefined;
  return { path, type: literalTypes[type], collection, basic: words(basic), advanced: words(advanced) };
}

/** Directory extensions are indexed like texts, whatever their type is. */
function extensionRule(path: Path): FilterRule | undefined {
  if (!isExtension(path)) return undefined;
  return {
    path,
    type: undefined,
    collection: undefined,
    basic: words('eq in startswith'),
    advanced: words('ge le null'),
  };
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').filter((word) => word !== ''));
}
