/** What somebody is known by: object ids, learner ids, addresses; in lower case. */
export type PersonIds = ReadonlySet<string>;

/** Whether a text names somebody: an id as a whole, alone or among other words, and not as the end of a longer one. */
export type Names = (text: string) => boolean;

export function namesOf(ids: PersonIds): Names {
  const escaped = [...ids].map((id) => id.replace(/[^a-z0-9]/g, String.raw`\$&`));
  const pattern = new RegExp(`(?<![\\w.%+-])(?:${escaped.join('|')})(?![\\w-]|\\.\\w)`, 'i');
  return (text) => pattern.test(text);
}

/** Where in a value somebody is named, such as `sources.microsoft.personId`. */
export function mentionsOf(value: unknown, names: Names, path = ''): string[] {
  if (typeof value === 'string') return names(value) ? [path] : [];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    mentionsOf(each, names, path === '' ? name : `${path}.${name}`),
  );
}

// As whose manager, Owner or request something is named: it is about another one, or about many.
const ROLE = /(^|\.)(manager|firstOwner|breakGlassOwner|requestedBy|cancelledBy|approvedBy)/;
const IN_LIST = /(^|\.)\d+(\.|$)/;

/** Whether a document is about somebody whom it names there: outside of lists, and not in a role for others. */
export const isAboutThem = (paths: readonly string[]): boolean =>
  paths.some((path) => !IN_LIST.test(path) && !ROLE.test(path));

const SECRET = /(hash|secret|sealed|token)$/i;

/** The value without what opens doors. */
export const withoutSecrets = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, each: unknown) =>
      SECRET.test(name) && typeof each === 'string' ? '(not shown)' : each,
    ),
  );
