import { describe, expect, it } from '@jest/globals';
import type { ClientCredential } from '../../src/index.ts';
import { createCredentialChoice, expiryOf, watchExpiry } from '../../src/index.ts';

const DAY = 86_400_000;
const start = new Date('2026-11-01T00:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * DAY);
const secret = (name: string, expiresAt: Date | null = null): ClientCredential => ({
  ...{ kind: 'secret', secret: name, expiresAt },
});
const certificate = (from: number, to: number): ClientCredential => ({
  ...{ kind: 'certificate', pem: 'a certificate', validFrom: after(from), expiresAt: after(to) },
});

/** A choice whose clock can be turned. */
function aChoice(...credentials: [ClientCredential, ...ClientCredential[]]) {
  let now = start;
  const choice = createCredentialChoice(credentials, () => now);
  return { ...choice, wait: (days: number) => (now = new Date(now.getTime() + days * DAY)) };
}

const MINUTE = 1 / 1440;

describe('a choice of credentials', () => {
  const [old, next] = [secret('old', after(10)), secret('next', after(200))];

  it('is the first, until it expires', () => {
    const choice = aChoice(old, next);

    expect(choice.current()).toBe(old);
    choice.wait(10);
    expect(choice.current()).toBe(next);
  });

  it('is no certificate before it is valid', () => {
    const early = certificate(5, 300);
    const choice = aChoice(early, old);

    expect(choice.current()).toBe(old);
    choice.wait(5);
    expect(choice.current()).toBe(early);
  });

  it('is the next while Microsoft does not take the first, which is tried again a quarter of an hour later', () => {
    const choice = aChoice(old, next);

    expect(choice.refused(old)).toBe(true);
    expect(choice.current()).toBe(next);
    choice.wait(16 * MINUTE);
    expect(choice.current()).toBe(old);
  });

  it('ends where Microsoft takes none of them', () => {
    const choice = aChoice(old, next);

    expect([choice.refused(old), choice.refused(next)]).toEqual([true, false]);
    expect(choice.current()).toBe(old);
  });

  it('is the first where all have expired, so that Microsoft says so', () => {
    const choice = aChoice(old, next);
    choice.wait(1_000);

    expect(choice.current()).toBe(old);
    expect(choice.refused(old)).toBe(false);
  });
});

describe('the expiry of credentials', () => {
  it.each<[string, ClientCredential[], number | null, string]>([
    ['far away', [secret('one', after(200))], 200, 'fine'],
    ['not known', [secret('one', after(3)), secret('other')], null, 'fine'],
    ['put off by a second one', [secret('one', after(3)), certificate(0, 400)], 400, 'fine'],
    ['not put off by one that is not valid yet', [secret('one', after(3)), certificate(5, 400)], 3, 'error'],
    ['within a month', [secret('one', after(30))], 30, 'warn'],
    ['within a week', [certificate(-10, 7)], 7, 'error'],
    ['past', [certificate(-10, -1)], 0, 'error'],
  ])('is %s', (_name, credentials, days, level) => {
    expect(expiryOf(credentials, start)).toEqual({ days, level });
  });

  it('is told at the start and daily, without anything of the credential', () => {
    let now = start;
    const told: [string, object][] = [];
    const looks: (() => void)[] = [];
    const say = (level: string) => (fields: object, words: string) => void told.push([`${level} ${words}`, fields]);
    const logger = { warn: say('warn'), error: say('error') } as Parameters<typeof watchExpiry>[0]['logger'];
    const every = (ms: number, look: () => void) => {
      expect(ms).toBe(DAY);
      looks.push(look);
      return { unref: () => undefined };
    };

    watchExpiry({ credentials: [secret('to-be-kept', after(31))], logger, clock: () => now, every });
    expect(told).toEqual([]);
    for (const days of [1, 24]) {
      now = after(days);
      looks[0]?.();
    }

    expect(told.map(([words, fields]) => [words.split(' ')[0], fields])).toEqual([
      ['warn', { days: 30 }],
      ['error', { days: 7 }],
    ]);
    expect(JSON.stringify(told)).not.toContain('to-be-kept');
  });
});
