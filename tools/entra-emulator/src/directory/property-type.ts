import { isJsonObject, type JsonValue } from '../json.ts';

/** What a property of a directory object may hold. `texts` is an array of strings, `objects` one of objects. */
export type PropertyType = 'text' | 'boolean' | 'date' | 'number' | 'texts' | 'object' | 'objects';

/** A property: its type, the length limit of a text, and whether `null` is allowed (it is for most). */
export interface Property {
  readonly type: PropertyType;
  readonly maxLength?: number;
  readonly required?: true;
  /** What it reads as without a value, where that can't be null. */
  readonly unset?: JsonValue;
  /** Only on a single object: asking for it on a collection is answered 501. */
  readonly singleOnly?: true;
}

export type Properties = Readonly<Record<string, Property>>;

// A directory extension: `extension_<appId without dashes>_<name>`.
const EXTENSION = /^extension_[0-9a-f]{32}_\w+$/i;

// Edm.DateTimeOffset: a date alone is none, nor is a time without a zone.
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/;

const checks: Record<PropertyType, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)),
  number: Number.isInteger,
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  object: isJsonObject,
  objects: (value) => Array.isArray(value) && value.every(isJsonObject),
};

/** Whether a name is a property of the type, directory extensions included. */
export function isProperty(properties: Properties, name: string): boolean {
  return Object.hasOwn(properties, name) || isExtension(name);
}

/** Whether a name is that of a directory extension. */
export function isExtension(name: string): boolean {
  return EXTENSION.test(name);
}

/** What is wrong with a value of a property, or undefined when nothing is. */
export function valueProblem(properties: Properties, name: string, value: unknown): string | undefined {
  if (!isProperty(properties, name)) return 'is not a property of this type';
  const property = properties[name];
  if (property === undefined) return undefined;
  if (value === null) return property.required || property.unset !== undefined ? 'must not be null' : undefined;
  if (!checks[property.type](value)) return `must be of type ${property.type}`;
  if (property.maxLength !== undefined && typeof value === 'string' && value.length > property.maxLength) {
    return `must not be longer than ${property.maxLength} characters`;
  }
  return undefined;
}
