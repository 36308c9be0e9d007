import type { FactGroup, LineWithoutFact } from './fact.ts';
import { batchFacts } from './facts/batch-facts.ts';
import { notEmulatedFacts } from './facts/not-emulated-facts.ts';
import { userFacts } from './facts/user-facts.ts';

/** The whole table. */
export const allFacts: readonly FactGroup[] = [userFacts, batchFacts, notEmulatedFacts];

/** Lines of the digest that state nothing a server could be asked about. */
export const linesWithoutFact: readonly LineWithoutFact[] = [];
