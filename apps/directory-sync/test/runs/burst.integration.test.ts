import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

describe('a burst of notifications', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem({ timings: { gatherPerHint: 60, emptyRoundRetries: [10_000, 60_000] } });
    await system.start();
    await system.settled();
    system.watched.markers.length = 0;
  });
  afterAll(() => system.close());

  // A second look at people follows no links.
  const rounds = () =>
    system.watched.markers.filter(
      ({ mode, stage, trigger }) => mode === 'delta' && stage === 'finished' && trigger !== 'second look',
    );

  it('is followed by three rounds at most, and nothing of it is lost', async () => {
    for (let wave = 1; wave <= 4; wave += 1) {
      await system.change('PATCH', `/users/${user(1)}`, { jobTitle: `wave ${wave}` });
      await system.hint(
        ...Array.from({ length: 2_500 }, (_, index) => ({ kind: 'users', objectId: user(index) }) as const),
      );
      await system.settled();
    }
    for (let minutes = 1; minutes <= 5; minutes += 1) {
      system.advance(60_000);
      await system.settled();
    }

    expect((await system.learner(user(1)))?.fields.jobTitle).toBe('wave 4');
    expect(rounds().length).toBeGreaterThan(0);
    expect(rounds().length).toBeLessThanOrEqual(3);
  });

  it('is over after a minute: the next change is followed at once', async () => {
    system.watched.markers.length = 0;
    await system.change('PATCH', `/users/${user(2)}`, { jobTitle: 'at once' });
    await system.hint({ kind: 'users', objectId: user(2) });
    await system.settled();

    expect((await system.learner(user(2)))?.fields.jobTitle).toBe('at once');
    expect(rounds()).toHaveLength(1);
  });
});
