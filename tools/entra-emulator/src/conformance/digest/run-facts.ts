import { checkFact } from '../check-fact.ts';
import type { FactGroup } from '../fact.ts';

/** How the facts of a group fared. */
export interface GroupResult {
  readonly title: string;
  readonly count: number;
  readonly failures: readonly { readonly says: string; readonly differences: readonly string[] }[];
}

/** Asks for every fact of a group, in order. */
export async function runFacts({ title, world: open, facts }: FactGroup): Promise<GroupResult> {
  const world = await open();
  const failures: { says: string; differences: string[] }[] = [];
  try {
    for (const fact of facts) {
      const differences = await checkFact(fact, world);
      if (differences.length > 0) failures.push({ says: `${fact.lines.join(', ')}: ${fact.says}`, differences });
    }
  } finally {
    await world.close();
  }
  return { title, count: facts.length, failures };
}
