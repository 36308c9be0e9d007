import { unknownSegment } from '../protocol/refusals.ts';

/** A decoded part of a request's path. */
export interface PathSegment {
  readonly text: string;
  /** Whether it may be a name: what stood in brackets and quotes is a key, whatever it looks like. */
  readonly isName: boolean;
  /** The alternate key that the text is a value of, in lower case: `appid` for `applications(appId='…')`. */
  readonly key?: string;
}

/**
 * The segments of a path. `users('x')` is another spelling of `users/x`, and `delta()` of `delta`; the parameters of other
 * functions are left out.
 */
export function pathSegments(path: string): PathSegment[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map(decode)
    .flatMap(split);
}

function split(part: string): PathSegment[] {
  const [, name, inner] = /^([A-Za-z$][\w.]*)\((.*)\)$/.exec(part) ?? [];
  if (name === undefined || inner === undefined) return [{ text: part, isName: true }];
  const [, key, quoted] = /^(?:(\w+)=)?'((?:[^']|'')+)'$/.exec(inner) ?? [];
  const head = { text: name, isName: true };
  if (quoted === undefined) return [head];
  const text = quoted.replaceAll("''", "'");
  return [head, { text, isName: false, ...(key === undefined ? {} : { key: key.toLowerCase() }) }];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw unknownSegment(part);
  }
}
