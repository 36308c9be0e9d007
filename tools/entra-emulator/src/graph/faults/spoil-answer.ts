import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import type { DrawnFault } from './fault.ts';

/** An answer that was all right, as a fault leaves it. */
export function spoilAnswer(answer: GraphAnswer, { emptyAnswer, idsOnly, cut }: DrawnFault): GraphAnswer {
  const value = isJsonObject(answer.body) ? answer.body['value'] : undefined;
  const cutShort = cut === undefined ? answer : { ...answer, cut };
  if (!isJsonObject(answer.body) || !Array.isArray(value)) return cutShort;
  if (emptyAnswer) return { ...cutShort, body: emptied(answer.body) };
  if (idsOnly) return { ...cutShort, body: { ...answer.body, value: value.map(idOnly) } };
  return cutShort;
}

function emptied(body: JsonObject): JsonObject {
  return { '@odata.context': body['@odata.context'], value: [] };
}

function idOnly(item: JsonValue): JsonValue {
  if (!isJsonObject(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, name === 'id' || name.includes('@') ? value : null]),
  );
}
