/** Whatever JSON can carry. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object; absent keys read as `undefined`. */
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of an object that lacks some of its properties. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  const rest: JsonObject = {};
  for (const name of Object.keys(object)) if (!names.includes(name)) rest[name] = object[name];
  return rest;
}
