import { kinds } from '../../directory/object-kind.ts';
import { isProperty, valueProblem } from '../../directory/property-type.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { invalidValue, readOnlyProperty, type ResourceName } from '../protocol/property-refusals.ts';
import { invalidODataRequest } from '../protocol/refusals.ts';

/** What a type lets a caller write. */
export interface WriteRules {
  readonly kind: 'user' | 'group';
  readonly resource: ResourceName;
  /** Set by Microsoft alone. */
  readonly readOnly: ReadonlySet<string>;
  /** What has a value once and for all. */
  readonly notNull: ReadonlySet<string>;
  /** Beyond type and length: what a value has to look like. Never asked about null. */
  readonly values: Readonly<Record<string, (value: JsonValue) => boolean>>;
}

/** The properties of a write. Annotations such as `@odata.type` are Graph's own business. */
export function withoutAnnotations(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('@')));
}

/** Refuses a write with properties that the type does not have, that are not writable, or that don't fit. */
export function checkProperties(rules: WriteRules, properties: JsonObject): void {
  for (const [name, value] of Object.entries(properties)) {
    if (!isProperty(kinds[rules.kind].properties, name)) {
      throw invalidODataRequest(
        `The property '${name}' does not exist on type 'microsoft.graph.${rules.kind}'. Make sure to only use property names that are defined by the type.`,
      );
    }
    if (rules.readOnly.has(name)) throw readOnlyProperty(name);
    if (!fits(rules, name, value)) throw invalidValue(name, rules.resource);
  }
}

function fits({ kind, notNull, values }: WriteRules, name: string, value: JsonValue | undefined): boolean {
  if (valueProblem(kinds[kind].properties, name, value) !== undefined) return false;
  if (value === null || value === undefined) return !notNull.has(name);
  // Entra clears a text by null, never by an empty one.
  if (value === '') return false;
  return !Object.hasOwn(values, name) || values[name]?.(value) === true;
}
