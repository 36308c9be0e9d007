import { types } from 'node:util';

const maxCauses = 5;

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}

/** Names and codes of an error and its causes. Messages are left out: they may quote what a record says. */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let cause = error;
  while (types.isNativeError(cause) && parts.length < maxCauses) {
    parts.push(describe(cause));
    cause = cause.cause;
  }
  if (parts.length === 0 && error !== undefined) parts.push(typeof error);
  return parts.join(' <- ');
}

/** What a log may say of a failure: its kind and where it came from, without its message. */
export function failureFields(error: unknown): Readonly<Record<string, unknown>> {
  const lines = types.isNativeError(error) ? (error.stack ?? '').split('\n') : [];
  const frames = lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return { error: describeError(error), frames };
}
