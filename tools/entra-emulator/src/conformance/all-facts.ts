import type { FactGroup, LineWithoutFact } from './fact.ts';
import { userFacts } from './facts/user-facts.ts';

/** The whole table. */
export const allFacts: readonly FactGroup[] = [userFacts];

/** Lines of the digest that state nothing a server could be asked about. */
export const linesWithoutFact: readonly LineWithoutFact[] = [];
