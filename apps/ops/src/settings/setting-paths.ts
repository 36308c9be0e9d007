import { UsageError } from '../command-line/command.ts';

/**
 * `settings` with what an assignment such as `limits.removal.small=3` says. The value is JSON, or else text.
 * @throws UsageError where it is no assignment, or the path names no setting.
 */
export function assigned(settings: object, assignment: string): object {
  const at = assignment.indexOf('=');
  if (at < 1) throw new UsageError(`${JSON.stringify(assignment)} is not written as PATH=VALUE`);
  const path = assignment.slice(0, at);
  return replaced(settings, path.split('.'), jsonOrText(assignment.slice(at + 1)), path);
}

function replaced(value: unknown, [name = '', ...rest]: readonly string[], wanted: unknown, path: string): object {
  if (!isObject(value) || !Object.hasOwn(value, name)) {
    throw new UsageError(`there is no setting ${JSON.stringify(path)}; settings show lists all`);
  }
  const inner = rest.length === 0 ? wanted : replaced((value as Record<string, unknown>)[name], rest, wanted, path);
  return { ...value, [name]: inner };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
