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
