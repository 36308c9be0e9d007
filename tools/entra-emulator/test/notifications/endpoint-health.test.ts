import { describe, expect, it } from '@jest/globals';
import { EndpointHealth } from '../../src/notifications/endpoint-health.ts';

const MINUTE = 60_000;

/** An endpoint with answers a second apart: fast, and in the end so many that took this long. */
function anEndpoint(fast: number, slow: number, ms: number, retry = false) {
  const health = new EndpointHealth();
  let at = 0;
  const note = (one: { ms: number; retry: boolean }): void => health.note({ at: (at += 1000), ...one });
  for (let index = 0; index < fast; index += 1) note({ ms: 20, retry });
  for (let index = 0; index < slow; index += 1) note({ ms, retry });
  return { health, note, now: () => at };
}

describe('an endpoint', () => {
  it.each([
    ['slow when more than a tenth of its answers took 3 seconds', 88, 12, 3000, 'slow'],
    ['healthy when a tenth did', 90, 10, 3000, 'healthy'],
    ['healthy when all took a little less', 0, 20, 2999, 'healthy'],
    ['healthy as long as it has not answered ten times', 0, 9, 3000, 'healthy'],
  ])('is %s', (_, fast, slow, ms, state) => {
    const { health, now } = anEndpoint(fast, slow, ms);

    expect(health.state(now())).toBe(state);
  });

  it.each([
    ['dropped when more than 15 % of its retries took 10 seconds', 83, 17, 10_000, 'drop'],
    ['slow when 15 % did', 85, 15, 10_000, 'slow'],
    ['slow when all took a little less', 0, 10, 9999, 'slow'],
  ])('is %s', (_, fast, slow, ms, state) => {
    const { health, now } = anEndpoint(fast, slow, ms, true);

    expect(health.state(now())).toBe(state);
  });

  it('is not dropped for first attempts, which never last that long', () => {
    const { health, now } = anEndpoint(0, 20, 10_000);

    expect(health.state(now())).toBe('slow');
  });

  it('is healthy again after ten minutes', () => {
    const { health, now } = anEndpoint(0, 10, 3000);

    expect([health.state(now() + 10 * MINUTE - 1), health.state(now() + 10 * MINUTE)]).toEqual(['slow', 'healthy']);
  });

  it('is slow again for a single slow answer after that', () => {
    const { health, now } = anEndpoint(0, 10, 3000);

    health.note({ at: now() + 10 * MINUTE, ms: 3000, retry: false });

    expect(health.state(now() + 10 * MINUTE)).toBe('slow');
  });

  it('has earned ten answers of patience once ten were fast', () => {
    const { health, now } = anEndpoint(0, 10, 3000);
    const later = now() + 10 * MINUTE;
    for (let index = 0; index < 10; index += 1) health.note({ at: later + index, ms: 20, retry: false });

    health.note({ at: later + 11 * MINUTE, ms: 3000, retry: false });

    expect(health.state(later + 11 * MINUTE)).toBe('healthy');
  });

  it('is not judged by what is ten minutes old', () => {
    const { health, note, now } = anEndpoint(0, 9, 3000);

    health.note({ at: now() + 10 * MINUTE, ms: 20, retry: false });

    expect(health.state(now() + 10 * MINUTE)).toBe('healthy');
    note({ ms: 20, retry: false });
  });
});
