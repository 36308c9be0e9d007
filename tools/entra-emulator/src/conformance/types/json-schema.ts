import { isJsonObject, type JsonObject } from '../../json.ts';
import { shown } from '../examples/form.ts';

/** The part of OpenAPI 3.0's schemas that Microsoft's property types need. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'boolean' | 'integer' | 'number';
  readonly nullable?: boolean;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
}

/** Schemas by name, as below `#/components/schemas`. */
export type Schemas = Readonly<Record<string, Schema>>;

/** Where a value is not of its type; `path` names the value in messages. */
export function typeProblems(schemas: Schemas, schema: Schema, value: unknown, path: string): string[] {
  if (schema.$ref !== undefined) return typeProblems(schemas, referenced(schemas, schema.$ref), value, path);
  if (value === null && schema.nullable) return [];
  if (!isOfType(schema.type, value)) return [`${path} is ${shown(value)}, not of type ${schema.type ?? ''}`];
  if (schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern).test(value)) {
    return [`${path} is ${shown(value)}, not like ${schema.pattern}`];
  }
  return [
    ...(schema.allOf ?? []).flatMap((part) => typeProblems(schemas, part, value, path)),
    ...itemProblems(schemas, schema, value, path),
    ...(isJsonObject(value) && schema.properties ? propertyProblems(schemas, schema.properties, value, path) : []),
  ];
}

/** A schema by its reference. */
export function referenced(schemas: Schemas, reference: string): Schema {
  const schema = schemas[reference.replace('#/components/schemas/', '')];
  if (schema === undefined) throw new TypeError(`there is no schema ${reference}`);
  return schema;
}

function isOfType(type: Schema['type'], value: unknown): boolean {
  if (type === undefined) return true;
  if (type === 'object') return isJsonObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function itemProblems(schemas: Schemas, { items }: Schema, value: unknown, path: string): string[] {
  if (items === undefined || !Array.isArray(value)) return [];
  return value.flatMap((item) => typeProblems(schemas, items, item, `${path}[]`));
}

/** Properties that the type does not have are problems as well; annotations and directory extensions belong to none. */
function propertyProblems(
  schemas: Schemas,
  properties: NonNullable<Schema['properties']>,
  value: JsonObject,
  path: string,
): string[] {
  return Object.entries(value).flatMap(([name, own]) => {
    const schema = properties[name];
    if (schema !== undefined) return typeProblems(schemas, schema, own, `${path}.${name}`);
    return name.includes('@') || name.startsWith('extension_') ? [] : [`${path}.${name} is no property of its type`];
  });
}
