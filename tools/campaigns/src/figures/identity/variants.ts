import type { Variant } from '../variants/change-module.ts';
import { keyVariants } from './key-rotation/variants.ts';
import { leakVariants } from './leaks/variants.ts';
import { leaverVariants } from './leavers/variants.ts';
import { matrixVariants } from './matrix/variants.ts';
import { mixVariants } from './mixes/variants.ts';
import { conformanceVariants } from './modules/variants.ts';
import { passwordVariants } from './passwords/variants.ts';
import { returnPathVariants } from './return-paths/variants.ts';
import { sessionTokenVariants } from './session-tokens/variants.ts';
import { tenantVariants } from './tenants/variants.ts';

/** Every gateway with a mistake, whatever row has to notice it. */
export const variants: readonly Variant[] = [
  ...conformanceVariants,
  ...returnPathVariants,
  ...sessionTokenVariants,
  ...mixVariants,
  ...matrixVariants,
  ...leaverVariants,
  ...passwordVariants,
  ...keyVariants,
  ...leakVariants,
  ...tenantVariants,
];
