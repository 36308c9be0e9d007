import type { Route } from './protocol/graph-call.ts';
import { methodNotAllowed, unknownSegment } from './protocol/refusals.ts';

/** A route and the parts of the path that it names. */
export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: Route;
  readonly segments: readonly string[];
}

export interface Router {
  /** Throws Graph's refusal when no route has the path (400) or the method (405). */
  match(method: string, path: string): Match;
}

/** Finds the route of a request. Fixed segments win over parameters and are compared without regard to case. */
export function createRouter(routes: readonly Route[]): Router {
  const patterns = routes
    .map((route) => ({ route, segments: route.path.slice(1).split('/') }))
    .sort((one, other) => parameterCount(one) - parameterCount(other));
  return {
    match(method, path) {
      const segments = pathSegments(path);
      const candidates = patterns.filter((pattern) => fits(pattern, segments));
      if (candidates.length === 0) throw unknownSegment(segments.at(-1) ?? '');
      const best = candidates.filter((pattern) => parameterCount(pattern) === parameterCount(candidates[0] ?? pattern));
      const pattern = best.find(({ route }) => route.method === method);
      if (pattern === undefined) throw methodNotAllowed();
      return { route: pattern.route, parameters: parametersOf(pattern, segments) };
    },
  };
}

/** Decoded segments; `users('x')` is another spelling of `users/x`, `delta()` and `microsoft.graph.delta` of `delta`. */
function pathSegments(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode)
    .flatMap((segment) => {
      const [, name, key] = /^([A-Za-z]\w*)\('(.+)'\)$/.exec(segment) ?? [];
      return name !== undefined && key !== undefined ? [name, key.replaceAll("''", "'")] : [segment];
    })
    .map((segment) => segment.replace(/\(\)$/, '').replace(/^microsoft\.graph\.(?!user$|group$)/i, ''));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw unknownSegment(segment);
  }
}

function fits({ segments: pattern }: Pattern, segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => isParameter(part) || part.toLowerCase() === segments[index]?.toLowerCase())
  );
}

function parametersOf({ segments: pattern }: Pattern, segments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pattern.flatMap((part, index) => (isParameter(part) ? [[part.slice(1, -1), segments[index] ?? '']] : [])),
  );
}

function isParameter(part: string): boolean {
  return part.startsWith('{');
}

function parameterCount({ segments }: Pattern): number {
  return segments.filter(isParameter).length;
}
