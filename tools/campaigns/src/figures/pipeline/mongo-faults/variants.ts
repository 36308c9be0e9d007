import type { Variant } from '../../variants/change-module.ts';
import { offsetFirst } from '../churn/variants.ts';

export const mongoFaultVariants: readonly Variant[] = [
  { id: 'N25', says: 'count as done what MongoDB has still to take', changes: offsetFirst },
];
