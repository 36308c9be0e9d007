import { isDeepStrictEqual } from 'node:util';
import { targetOf, type KnownObject } from './delta-copy.ts';

type Objects = ReadonlyMap<string, KnownObject>;

/** In what a copy may rightly differ from a read. */
export interface Allowance {
  /**
   * Objects in the recycle bin. They keep their memberships and their reports, and so does the copy: no row says that they
   * went. A read doesn't show them.
   */
  readonly hidden: ReadonlySet<string>;
  /** Objects whose links the client was never told of. */
  readonly unseen: ReadonlySet<string>;
}

/** Where a client's copy differs from what a read shows, a line each. */
export function differences(copy: Objects, read: Objects, { hidden, unseen }: Allowance): string[] {
  const lines: string[] = [];
  for (const [id, known] of copy) {
    const shown = read.get(id);
    if (shown === undefined) lines.push(`${id} is not there any more`);
    else lines.push(...objectDifferences(id, known, shown, { hidden, unseen }));
  }
  for (const id of read.keys()) if (!copy.has(id)) lines.push(`${id} is missing`);
  return lines;
}

function objectDifferences(id: string, known: KnownObject, shown: KnownObject, allowance: Allowance): string[] {
  const lines: string[] = [];
  for (const name of new Set([...Object.keys(known.properties), ...Object.keys(shown.properties)])) {
    const [before, now] = [known.properties[name], shown.properties[name]];
    if (!Object.hasOwn(shown.properties, name)) lines.push(`${id}.${name} was not asked for`);
    else if (!isDeepStrictEqual(asRead(before), asRead(now)))
      lines.push(`${id}.${name} is ${JSON.stringify(now)}, not ${JSON.stringify(before)}`);
  }
  for (const link of known.links)
    if (!shown.links.has(link) && !allowance.hidden.has(targetOf(link)))
      lines.push(`${id} has no link ${link} any more`);
  for (const link of shown.links)
    if (!known.links.has(link) && !allowance.unseen.has(targetOf(link))) lines.push(`${id} has a link ${link}`);
  return lines;
}

/** A read shows what was never set as null, and a collection without values as an empty one; a row leaves both out. */
function asRead(value: unknown): unknown {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
}
