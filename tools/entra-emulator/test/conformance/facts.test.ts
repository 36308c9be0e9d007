import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allFacts } from '../../src/conformance/all-facts.ts';
import { checkFact } from '../../src/conformance/check-fact.ts';
import type { FactWorld } from '../../src/conformance/fact-world.ts';

describe.each(allFacts)('facts about $title', ({ world: open, facts }) => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());

  it.each(facts)('$lines: $says', async (fact) => {
    expect(await checkFact(fact, world)).toEqual([]);
  });
});
