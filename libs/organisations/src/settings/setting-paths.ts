import type { AuditChange } from '../audit/audit-model.ts';

/** Settings by their paths, such as `limits.removal.small`; a list, or an object without entries, is one value. */
export function byPath(value: unknown, path = ''): Map<string, unknown> {
  const entries = isObject(value) ? Object.entries(value) : [];
  if (entries.length === 0) return new Map([[path, value]]);
  return new Map(entries.flatMap(([name, inner]) => [...byPath(inner, path === '' ? name : `${path}.${name}`)]));
}

/** What differs between two settings, by path; null where one of them has nothing there. */
export function differences(before: object, after: object): AuditChange[] {
  const [old, now] = [byPath(before), byPath(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, old: old.get(path) ?? null, new: now.get(path) ?? null }))
    .filter((change) => JSON.stringify(change.old) !== JSON.stringify(change.new));
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
