import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { allFacts } from '../../src/conformance/all-facts.ts';
import { checkFact } from '../../src/conformance/check-fact.ts';
import type { FactWorld } from '../../src/conformance/fact-world.ts';

// Facts share the machine with everything else that is tested.
jest.setTimeout(60_000);

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
