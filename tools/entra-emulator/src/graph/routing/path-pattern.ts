import type { PathSegment } from './path-segments.ts';

/** A part of a path template: fixed, or a parameter; `key` is the alternate key that a parameter stands for. */
export type PatternPart = { readonly fixed: string } | { readonly parameter: string; readonly key?: string };

/** Reads a template such as `/users/{user}/manager` or `/applications(appId='{appId}')`. */
export function pathPattern(template: string): readonly PatternPart[] {
  return template
    .split('/')
    .filter((part) => part !== '')
    .flatMap((part): PatternPart[] => {
      const [, name, key, parameter] = /^(\w+)\((\w+)='\{(\w+)\}'\)$/.exec(part) ?? [];
      if (name !== undefined && key !== undefined && parameter !== undefined)
        return [{ fixed: name }, { parameter, key: key.toLowerCase() }];
      return part.startsWith('{') ? [{ parameter: part.slice(1, -1) }] : [{ fixed: part }];
    });
}

/** What is never the key of an object, unless it stands in brackets and quotes: `$count`, a cast. */
const RESERVED = /^(?:\$|microsoft\.graph\.)/i;

/** Whether a part takes a segment. Names are compared without regard to case, and may carry Graph's namespace. */
export function takes(part: PatternPart, segment: PathSegment): boolean {
  if ('parameter' in part) return part.key === segment.key && !(segment.isName && RESERVED.test(segment.text));
  const text = segment.text.toLowerCase();
  const fixed = part.fixed.toLowerCase();
  return segment.key === undefined && segment.isName && (text === fixed || text === `microsoft.graph.${fixed}`);
}

/** How many segments a pattern takes from the start of a path. */
export function takenSegments(pattern: readonly PatternPart[], segments: readonly PathSegment[]): number {
  const end = pattern.findIndex((part, index) => {
    const segment = segments[index];
    return segment === undefined || !takes(part, segment);
  });
  return end < 0 ? pattern.length : end;
}

/** The values of a pattern's parameters. */
export function parametersOf(
  pattern: readonly PatternPart[],
  segments: readonly PathSegment[],
): Record<string, string> {
  return Object.fromEntries(
    pattern.flatMap((part, index) => ('parameter' in part ? [[part.parameter, segments[index]?.text ?? '']] : [])),
  );
}

export function parameterCount(pattern: readonly PatternPart[]): number {
  return pattern.filter((part) => 'parameter' in part).length;
}
