import { isDeepStrictEqual } from 'node:util';
import type { Fact, FactAnswer, ValueType } from './fact.ts';
import type { FactWorld } from './fact-world.ts';

/** Asks for a fact and says what differs; nothing when it holds. */
export async function checkFact(fact: Fact, world: FactWorld): Promise<string[]> {
  const answer = await fact.ask(world);
  const own = fact.check?.(answer, world);
  const differences = [
    ...statusDifferences(fact, answer),
    ...keyDifferences(fact, answer.body),
    ...valueDifferences(fact, answer.body),
    ...headerDifferences(fact, answer),
    ...(own === undefined ? [] : [own]),
  ];
  return differences.length === 0 ? [] : [...differences, `the answer was ${answer.status} ${shown(answer.body)}`];
}

/** The value at a dotted path; undefined when there is none. */
export function at(body: unknown, path: string): unknown {
  const names = path.split(/(?<!\\)\./).map((name) => name.replaceAll('\\.', '.'));
  return names.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
    body,
  );
}

function statusDifferences({ status, code }: Fact, answer: FactAnswer): string[] {
  const differences: string[] = [];
  if (status !== undefined && answer.status !== status) differences.push(`status ${answer.status}, not ${status}`);
  const found = typeof code === 'number' ? at(answer.body, 'error_codes.0') : at(answer.body, 'error.code');
  if (code !== undefined && found !== code) differences.push(`code ${shown(found)}, not ${code}`);
  return differences;
}

function keyDifferences({ keys = [], absent = [], types = {} }: Fact, body: unknown): string[] {
  return [
    ...keys.filter((path) => at(body, path) === undefined).map((path) => `no ${path}`),
    ...absent.filter((path) => at(body, path) !== undefined).map((path) => `${path} is there`),
    ...Object.entries(types)
      .filter(([path, type]) => typeOf(at(body, path)) !== type)
      .map(([path, type]) => `${path} is ${typeOf(at(body, path))}, not ${type}`),
  ];
}

function valueDifferences({ values = {} }: Fact, body: unknown): string[] {
  return Object.entries(values)
    .filter(([path, wanted]) => !fits(at(body, path), wanted))
    .map(([path, wanted]) => `${path} is ${shown(at(body, path))}, not ${shown(wanted)}`);
}

function headerDifferences({ headers = {} }: Fact, answer: FactAnswer): string[] {
  return Object.entries(headers)
    .filter(([name, wanted]) => !fits(answer.headers[name], wanted))
    .map(([name, wanted]) => `header ${name} is ${shown(answer.headers[name])}, not ${shown(wanted)}`);
}

function fits(value: unknown, wanted: unknown): boolean {
  return wanted instanceof RegExp ? typeof value === 'string' && wanted.test(value) : isDeepStrictEqual(value, wanted);
}

/** The JSON type of a value. */
export function typeOf(value: unknown): ValueType {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as ValueType);
}

function shown(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (Buffer.isBuffer(value)) return `${value.length} bytes`;
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 400);
}
