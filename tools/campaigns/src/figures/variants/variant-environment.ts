import { compiled } from '../measuring/measuring-process.ts';
import { VARIANT, type Variant } from './change-module.ts';

/** What lets a process of a service's load its modules as a variant has them; nothing for the service as it is. */
export const variantEnvironment = (variant: Variant | undefined): Readonly<Record<string, string>> =>
  variant
    ? { NODE_OPTIONS: `--import=file://${compiled}variants/in-service.js`, [VARIANT]: JSON.stringify(variant) }
    : {};
