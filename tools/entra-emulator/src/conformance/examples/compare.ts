import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { typeOf } from '../check-fact.ts';
import { formsByName, shown, type Form } from './form.ts';

/** A value's place: the keys on the way to it, each after a slash, and an asterisk for any position of an array. */
export type Path = string;

/** What may differ between an example and an answer. */
export interface Rules {
  /** Values that are generated, and what they must look like. */
  readonly forms?: Readonly<Record<Path, Form>>;
  /** Keys that the answer may have although the example lacks them. */
  readonly extra?: readonly Path[];
  /** Arrays of which the example shows a part. */
  readonly shortened?: readonly Path[];
}

/** Where an answer is not like the example: keys, types and values. Nothing when it agrees. */
export function differences(example: unknown, answer: unknown, rules: Rules = {}, path: Path = ''): string[] {
  const form = rules.forms?.[path] ?? formsByName.get(path.slice(path.lastIndexOf('/') + 1));
  if (form !== undefined) {
    const sameType = typeOf(answer) === typeOf(example);
    const problem = sameType ? form(answer, example) : `is ${shown(answer)}, not ${shown(example)}`;
    return problem === undefined ? [] : [`${path} ${problem}`];
  }
  if (isJsonObject(example) && isJsonObject(answer)) return objectDifferences(example, answer, rules, path);
  if (Array.isArray(example) && Array.isArray(answer)) return arrayDifferences(example, answer, rules, path);
  return isDeepStrictEqual(example, answer) ? [] : [`${path || 'it'} is ${shown(answer)}, not ${shown(example)}`];
}

function objectDifferences(example: JsonObject, answer: JsonObject, rules: Rules, path: Path): string[] {
  const below = (key: string): Path => `${path}/${key}`;
  const surplus = Object.keys(answer).filter((key) => !(key in example) && !rules.extra?.includes(below(key)));
  return [
    ...surplus.map((key) => `${below(key)} is there`),
    ...Object.entries(example).flatMap(([key, value]) =>
      key in answer ? differences(value, answer[key], rules, below(key)) : [`${below(key)} is missing`],
    ),
  ];
}

function arrayDifferences(example: unknown[], answer: unknown[], rules: Rules, path: Path): string[] {
  const fits = rules.shortened?.includes(path) ? answer.length >= example.length : answer.length === example.length;
  if (!fits) return [`${path} has ${answer.length} items, not ${example.length}`];
  // Order means nothing in Graph's collections: objects are paired by their ids as far as they have them.
  const left = [...answer];
  return example.flatMap((item) => {
    const found = left.findIndex((candidate) => idOf(candidate) !== undefined && idOf(candidate) === idOf(item));
    const [counterpart] = left.splice(Math.max(found, 0), 1);
    return differences(item, counterpart, rules, `${path}/*`);
  });
}

function idOf(item: unknown): unknown {
  return isJsonObject(item) ? item['id'] : undefined;
}
