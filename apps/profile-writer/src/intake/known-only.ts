/** A JSON schema, as far as it says which fields there are. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly const?: unknown;
}

/**
 * A value of the schema without the fields that the schema doesn't know. They would reach MongoDB, which refuses some
 * names, such as those that begin with `$`, and one such record would then block its partition for ever. (typebox's own
 * `Clean` does the same a hundred times slower, and half a millisecond a record is too much here.)
 */
export function knownOnly<Value>(schema: Shape, value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => knownOnly(schema.items ?? {}, item)) as Value;
  const shape = schema.anyOf?.find((alternative) => isAbout(alternative, value)) ?? schema;
  const known = Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
    const fieldShape = shapeOf(shape, name);
    return fieldShape ? [[name, knownOnly(fieldShape, field)] as const] : [];
  });
  return Object.fromEntries(known) as Value;
}

// Of the alternatives in our schemas, one at most is an object, or their `kind` tells them apart.
const isAbout = ({ properties }: Shape, value: object) =>
  properties !== undefined && (!properties['kind'] || ('kind' in value && properties['kind'].const === value.kind));

function shapeOf({ properties = {}, patternProperties = {} }: Shape, name: string): Shape | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  return Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(name))?.[1];
}
