import type { Route } from '../protocol/graph-call.ts';
import { invalidODataRequest, methodNotAllowed, notImplemented, unknownSegment } from '../protocol/refusals.ts';
import { createNotEmulated } from './not-emulated.ts';
import { parameterCount, parametersOf, pathPattern, takenSegments, type PatternPart } from './path-pattern.ts';
import { pathSegments, type PathSegment } from './path-segments.ts';

/** A route and the parts of the path that it names. */
export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface PatternOfRoute {
  /** Undefined for what this emulator doesn't have. */
  readonly route?: Route;
  readonly pattern: readonly PatternPart[];
}

export interface Router {
  /**
   * Throws Graph's refusal when nothing has the path (400) or the method (405), and 501 for what Graph has and this
   * emulator doesn't.
   */
  match(method: string, path: string): Match;
}

/** Finds the route of a request. Fixed segments win over parameters. */
export function createRouter(routes: readonly Route[]): Router {
  const notEmulated = createNotEmulated();
  const own = routes.map((route) => ({ route, pattern: pathPattern(route.path) }));
  const patterns: PatternOfRoute[] = [...own, ...notEmulated.fixed.map((pattern) => ({ pattern }))].sort(
    (one, other) => parameterCount(one.pattern) - parameterCount(other.pattern),
  );
  const byStart = new Map<string, PatternOfRoute[]>();
  for (const entry of patterns) {
    const start = startOf(entry.pattern.map((part) => ('fixed' in part ? part.fixed : '')));
    byStart.set(start, [...(byStart.get(start) ?? []), entry]);
  }
  return {
    match(method, path) {
      const segments = pathSegments(path);
      const candidates = (byStart.get(startOf(segments.map(({ text }) => text))) ?? []).filter(
        ({ pattern }) => takenSegments(pattern, segments) === segments.length,
      );
      const [first] = candidates;
      const best = candidates.filter(({ pattern }) => parameterCount(pattern) === parameterCount(first?.pattern ?? []));
      const found = best.find(({ route }) => route?.method === method);
      if (found?.route) return { route: found.route, parameters: parametersOf(found.pattern, segments) };
      const missing = notEmulated.find(method, segments);
      if (missing !== undefined) throw notImplemented(missing);
      if (first !== undefined) throw methodNotAllowed();
      throw unresolved([...patterns.map(({ pattern }) => pattern), ...notEmulated.patterns], segments);
    },
  };
}

/** Routes are looked for only among those that begin alike and are as long. */
function startOf(texts: readonly string[]): string {
  return `${texts.length} ${texts[0]?.toLowerCase() ?? ''}`;
}

/** Names the first segment that leads nowhere. */
function unresolved(patterns: readonly (readonly PatternPart[])[], segments: readonly PathSegment[]): Error {
  const known = Math.max(...patterns.map((pattern) => takenSegments(pattern, segments)));
  const segment = segments[known];
  return segment === undefined
    ? invalidODataRequest('The OData request is not supported.')
    : unknownSegment(segment.text);
}
