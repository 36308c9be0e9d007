import { EmulatorError } from '../emulator-error.ts';
import { isJsonObject, type JsonObject } from '../json.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The error for one property of a directory file: its path, then what is wrong with it. */
export function fail(path: string, problem: string): EmulatorError {
  return new EmulatorError('directory-file-invalid', `${path} ${problem}`);
}

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

export function checkObject(path: string, value: unknown): JsonObject {
  if (!isJsonObject(value)) throw fail(path, 'must be an object');
  return value;
}

export function checkArray(path: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw fail(path, 'must be an array');
  return value;
}

export function checkText(path: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') throw fail(path, 'must be a text that is not empty');
  return value;
}

/** A GUID, in lower case. */
export function checkGuid(path: string, value: unknown): string {
  if (typeof value !== 'string' || !GUID.test(value)) throw fail(path, 'must be a GUID');
  return value.toLowerCase();
}

export function checkBoolean(path: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw fail(path, 'must be true or false');
  return value;
}

/** An array of texts that are not empty. */
export function checkTexts(path: string, value: unknown): string[] {
  return checkArray(path, value).map((entry, index) => checkText(`${path}[${index}]`, entry));
}

/** One of the texts that are allowed. */
export function checkOneOf<Text extends string>(path: string, value: unknown, allowed: readonly Text[]): Text {
  const found = allowed.find((text) => text === value);
  if (found === undefined) throw fail(path, `must be one of ${allowed.join(', ')}`);
  return found;
}

type Checks = Readonly<Record<string, (path: string, value: unknown) => unknown>>;
type Checked<Some extends Checks> = { -readonly [Name in keyof Some]?: ReturnType<Some[Name]> };

/** An object whose properties are all known; those that are absent stay so. */
export function checkProperties<Some extends Checks>(path: string, value: unknown, checks: Some): Checked<Some> {
  const entries = Object.entries(checkObject(path, value)).map(([name, property]) => {
    const check = checks[name];
    if (check === undefined) throw fail(`${path}.${name}`, 'is not a property of this type');
    return [name, check(`${path}.${name}`, property)];
  });
  return Object.fromEntries(entries) as Checked<Some>;
}
