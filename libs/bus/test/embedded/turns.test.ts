import { describe, expect, it } from '@jest/globals';
import { calm } from '../../src/embedded/chaos.ts';
import { Turns } from '../../src/embedded/turns.ts';

/** Who gets the turn in which order, when a, b and c wait for the one who has it. */
async function orderOf(choose: (waiting: number) => number): Promise<string[]> {
  const turns = new Turns(choose);
  const order: string[] = [];
  await turns.take();
  const waiting = ['a', 'b', 'c'].map(async (name) => {
    await turns.take();
    order.push(name);
    turns.give();
  });
  turns.give();
  await Promise.all(waiting);
  return order;
}

describe('Turns', () => {
  it('gives the turn to whoever waits longest', async () => {
    expect(await orderOf(calm.nextInLine)).toEqual(['a', 'b', 'c']);
  });

  it('gives the turn to whoever is chosen', async () => {
    expect(await orderOf((waiting) => waiting - 1)).toEqual(['c', 'b', 'a']);
  });

  it('is taken by one at a time', async () => {
    const turns = new Turns(calm.nextInLine);
    let having = 0;
    let most = 0;
    const users = Array.from({ length: 20 }, async () => {
      await turns.take();
      having += 1;
      most = Math.max(most, having);
      await new Promise((resolve) => setImmediate(resolve));
      having -= 1;
      turns.give();
    });

    await Promise.all(users);

    expect(most).toBe(1);
    expect(turns.taken).toBe(false);
  });
});
