import type { Variant } from '../../variants/change-module.ts';
import { changesOf } from '../modules/variants.ts';

export const mixVariants: readonly Variant[] = [
  { id: 'M1', says: 'do not ask which browser began', changes: changesOf('V7') },
  { id: 'M2', says: 'overlook whose answer it is (RFC 9207)', changes: changesOf('V13') },
];
