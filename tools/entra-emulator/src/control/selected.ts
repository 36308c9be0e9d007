import { EmulatorError } from '../emulator-error.ts';

/**
 * The entries whose properties are as the query of a URL says, at most `limit` of them. Throws an EmulatorError
 * `command-invalid` for a name that is not among `names`.
 */
export function selected<Entry extends object>(
  entries: readonly Entry[],
  query: unknown,
  names: readonly (keyof Entry & string)[],
): readonly Entry[] {
  const { limit, ...wanted } = query as Readonly<Record<string, string>>;
  const isWanted = (entry: Entry): boolean =>
    names.every((name) => wanted[name] === undefined || String(entry[name]) === wanted[name]);
  const unknown = Object.keys(wanted).find((name) => !names.some((known) => known === name));
  if (unknown !== undefined) throw invalid(`${unknown} is not one of ${[...names, 'limit'].join(', ')}`);
  if (limit !== undefined && !/^\d+$/.test(limit)) throw invalid(`limit must be a whole number, not "${limit}"`);
  return entries.filter(isWanted).slice(0, limit === undefined ? undefined : Number(limit));
}

function invalid(message: string): EmulatorError {
  return new EmulatorError('command-invalid', message);
}
