import { graphBeyond } from './graph-beyond.ts';
import { parameterCount, pathPattern, takenSegments, type PatternPart } from './path-pattern.ts';
import type { PathSegment } from './path-segments.ts';

interface Missing {
  readonly what: string;
  readonly pattern: readonly PatternPart[];
  /** Only this method, and only the path itself; without it everything below the path too. */
  readonly method?: string;
}

/** What Graph has and this emulator doesn't. */
export interface NotEmulated {
  /** What is missing for a request that no route answers; undefined when Graph doesn't know the path either. */
  find(method: string, segments: readonly PathSegment[]): string | undefined;
  readonly patterns: readonly (readonly PatternPart[])[];
  /** Paths without parameters. The emulator must not take their last part for the key of an object. */
  readonly fixed: readonly (readonly PatternPart[])[];
}

/** The table of what is missing, ready to be searched. */
export function createNotEmulated(): NotEmulated {
  const all = Object.entries(graphBeyond).flatMap(([what, paths]) =>
    paths.flatMap(withOwnProfile).map((path) => toMissing(what, path)),
  );
  return {
    find: (method, segments) => all.find((missing) => covers(missing, method, segments))?.what,
    patterns: all.map(({ pattern }) => pattern),
    fixed: all
      .filter(({ pattern, method }) => method === undefined && parameterCount(pattern) === 0)
      .map(({ pattern }) => pattern),
  };
}

/** `/me/…` is another way to `/users/{user}/…`. */
function withOwnProfile(path: string): string[] {
  return path.includes('/users/{user}/') ? [path, path.replace('/users/{user}/', '/me/')] : [path];
}

function toMissing(what: string, path: string): Missing {
  const [, method, template] = /^(?:([A-Z]+) )?(.+)$/.exec(path) ?? [];
  const pattern = pathPattern(template ?? '');
  return method === undefined ? { what, pattern } : { what, pattern, method };
}

function covers({ pattern, method: only }: Missing, method: string, segments: readonly PathSegment[]): boolean {
  const inside = only === undefined || (only === method && segments.length === pattern.length);
  return inside && segments.length >= pattern.length && takenSegments(pattern, segments) === pattern.length;
}
