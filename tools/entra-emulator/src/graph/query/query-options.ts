import { badRequest, invalidODataRequest, unsupportedQuery } from '../protocol/refusals.ts';

/** OData's options of a request, as far as they are given. */
export interface QueryOptions {
  readonly select?: readonly string[];
  readonly expand?: string;
  readonly filter?: string;
  readonly search?: string;
  readonly orderby?: string;
  readonly top?: number;
  readonly count: boolean;
  readonly skiptoken?: string;
  /** Empty in the link that a 410 hands out. */
  readonly deltatoken?: string;
  /** Every option by name, with the dollar. */
  readonly names: ReadonlySet<string>;
}

const known = [
  '$select',
  '$expand',
  '$filter',
  '$top',
  '$count',
  '$skiptoken',
  '$deltatoken',
  '$search',
  '$orderby',
  '$skip',
  '$format',
];

/** Reads the options of a query string. Graph also takes them without the dollar. */
export function parseQueryOptions(query: string): QueryOptions {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const option = known.find((option) => option === name.toLowerCase() || option === `$${name.toLowerCase()}`);
    if (option === undefined && name.startsWith('$')) {
      throw invalidODataRequest(`The query parameter '${name}' is not supported.`);
    }
    if (option === undefined) continue;
    if (values.has(option))
      throw invalidODataRequest(
        `Query option '${option}' was specified more than once, but it must be specified at most once.`,
      );
    values.set(option, value);
  }
  return fromValues(values);
}

function fromValues(values: ReadonlyMap<string, string>): QueryOptions {
  const text = <Key extends string>(key: Key): Partial<Record<Key, string>> => {
    const value = values.get(`$${key}`);
    return value === undefined ? {} : ({ [key]: value } as Partial<Record<Key, string>>);
  };
  return {
    ...text('expand'),
    ...text('filter'),
    ...text('search'),
    ...text('orderby'),
    ...text('skiptoken'),
    ...text('deltatoken'),
    ...selectOf(values.get('$select')),
    ...topOf(values.get('$top')),
    count: countOf(values.get('$count')),
    names: new Set(values.keys()),
  };
}

function selectOf(value: string | undefined): { select?: string[] } {
  if (value === undefined) return {};
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw invalidODataRequest('Parsing OData Select and Expand failed: Term is empty.');
  return { select: [...new Set(names)] };
}

function topOf(value: string | undefined): { top?: number } {
  if (value === undefined) return {};
  if (!/^\d+$/.test(value)) throw invalidValue('$top', value, 'a non-negative integer value');
  const top = Number(value);
  if (top < 1 || top > 999)
    throw unsupportedQuery(`Invalid page size specified: '${value}'. Must be between 1 and 999 inclusive.`);
  return { top };
}

function countOf(value: string | undefined): boolean {
  if (value !== undefined && !/^(true|false)$/i.test(value)) throw invalidValue('$count', value, 'a boolean value');
  return value?.toLowerCase() === 'true';
}

function invalidValue(option: string, value: string, wanted: string): Error {
  return invalidODataRequest(
    `Invalid value '${value}' for ${option} query option found. The ${option} query option requires ${wanted}.`,
  );
}

/** Refuses the options that a resource does not know. `$format` is always welcome: there is only JSON. */
export function allowOptions(options: QueryOptions, ...allowed: readonly string[]): void {
  for (const name of options.names) {
    if (name !== '$format' && !allowed.includes(name)) {
      throw badRequest(`'${name}' is not supported by the service.`);
    }
  }
}
