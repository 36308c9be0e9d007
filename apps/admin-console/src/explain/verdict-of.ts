import { words } from '../words/words.ts';
import type { Explanation } from './explanation.ts';

const { verdict: said } = words.explain;

/** The whole explanation in one sentence. */
export function verdictOf({ name, active, canSignIn, troubles }: Explanation): string {
  if (!active) {
    const cause = (troubles.find(({ about }) => about === 'users') ?? troubles[0])?.cause;
    return cause === undefined ? said.absentUnknown(name) : said.absent(name, cause);
  }
  if (!canSignIn) return said.locked(name);
  return troubles.length === 0 ? said.well(name) : said.troubled(name, troubles.length);
}
