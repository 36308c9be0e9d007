import type { Variant } from './variants.ts';

/** The source with the changes of a variant. @throws Error when one of them doesn't fit. */
export function changed(source: string, { id, module, changes }: Variant): string {
  let result = source;
  for (const { from, to } of changes) {
    const found = result.split(from).length - 1;
    if (found !== 1) throw new Error(`${id} does not fit ${module}: found ${found} times: ${from}`);
    result = result.split(from).join(to);
  }
  return result;
}
