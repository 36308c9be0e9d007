import type { Measures } from '../measuring/child.ts';
import { conformance, conformanceCatches } from './conformance.ts';
import { conformanceVariants } from './variants.ts';

/** What is measured for each row, by its id. */
export const measures: Measures = {
  A1: conformance,
  ...Object.fromEntries(conformanceVariants.map((variant) => [variant.id, conformanceCatches(variant)])),
};
