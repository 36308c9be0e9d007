/** One text of a compiled module in place of another, which has to be there exactly once. */
export interface Change {
  /** From the workspace's root. */
  readonly module: string;
  readonly from: string;
  readonly to: string;
}

/** A mistake that a service could make. */
export interface Variant {
  readonly id: string;
  /** Services that … */
  readonly says: string;
  readonly changes: readonly Change[];
}

/** The variable that tells a process of a service's which variant it is to be. */
export const VARIANT = 'FIGURES_VARIANT';

/** The modules that a variant changes. */
export const modulesOf = ({ changes }: Variant): string[] => [...new Set(changes.map(({ module }) => module))];

/** The source of a module with the changes of a variant. @throws Error when one of them doesn't fit. */
export function changed(source: string, module: string, { id, changes }: Variant): string {
  let result = source;
  for (const { from, to } of changes.filter((change) => change.module === module)) {
    const found = result.split(from).length - 1;
    if (found !== 1) throw new Error(`${id} does not fit ${module}: found ${found} times: ${from}`);
    result = result.split(from).join(to);
  }
  return result;
}
