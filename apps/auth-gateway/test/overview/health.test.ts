import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HealthFacts, healthOf, type HealthState, healthStates } from '../../src/overview/health.ts';

const now = new Date('2026-11-23T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

/** An organisation of which nothing bad is known. */
const well: HealthFacts = {
  ...{ now, isConnected: true, mayRead: true, hasGroup: true, isOn: true, hasRun: true, isRunning: false },
  ...{ lastFull: { state: 'finished', problem: null }, lastFullAt: hoursAgo(5), failures: 0, held: null },
  ...{ credentialExpiresAt: inDays(200), subscriptions: 'live', conflicts: 0 },
};
const problem = 'the group Staff has no people in it';

type Case = readonly [what: string, facts: Partial<HealthFacts>, state: HealthState, to: string | null, words: string];

const cases: readonly Case[] = [
  ['nothing is wrong', {}, 'healthy', null, 'as Microsoft tells of them'],
  ['nothing is wrong and there are no notifications', { subscriptions: 'not-used' }, 'healthy', null, 'by timer'],
  ['a secret has no date', { credentialExpiresAt: null }, 'healthy', null, 'as Microsoft'],
  ['one attempt has failed', { failures: 1 }, 'healthy', null, 'as Microsoft'],
  ['no tenant is connected', { isConnected: false }, 'not-set-up', '/admin/setup', 'No tenant'],
  ['nobody has consented', { mayRead: false }, 'not-set-up', '/admin/setup', 'has agreed yet'],
  ['there is no group', { hasGroup: false }, 'not-set-up', '/admin/setup', 'No group'],
  [
    'nothing has run',
    { hasRun: false, lastFull: null, lastFullAt: null },
    'not-set-up',
    '/admin/setup',
    'no full sync',
  ],
  [
    'the first run goes on',
    { hasRun: false, isRunning: true, lastFull: null },
    'not-set-up',
    '/admin/runs',
    'under way',
  ],
  [
    'the first run failed',
    { hasRun: false, lastFull: { state: 'interrupted', problem } },
    ...(['not-set-up', '/admin/runs', problem] as const),
  ],
  ['provisioning is off', { isOn: false }, 'paused', '/admin/settings', 'switched off'],
  ['the last run has a problem', { lastFull: { state: 'finished', problem } }, 'failing', '/admin/runs', problem],
  ['the last run was cut', { lastFull: { state: 'interrupted', problem } }, 'failing', '/admin/runs', 'interrupted'],
  [
    'another one follows one that was cut',
    { lastFull: { state: 'interrupted', problem }, isRunning: true },
    ...(['healthy', null, 'as Microsoft'] as const),
  ],
  [
    'another one follows one with a problem',
    { lastFull: { state: 'finished', problem }, isRunning: true },
    ...(['failing', '/admin/runs', problem] as const),
  ],
  ['attempts have failed', { failures: 3 }, 'failing', '/admin/runs', 'last 3 attempts'],
  [
    'changes are held',
    { held: { people: 41, reason: '41 people would be deactivated' } },
    ...(['needs-approval', '/admin/held', '41 changes wait for approval: 41 people'] as const),
  ],
  ['one is held', { held: { people: 1, reason: 'a limit.' } }, 'needs-approval', '/admin/held', '1 change waits'],
  ['a credential has ended', { credentialExpiresAt: inDays(-1) }, 'warning', '/admin/microsoft', 'has expired'],
  ['a credential ends', { credentialExpiresAt: inDays(30) }, 'warning', '/admin/microsoft', 'in 30 days'],
  ['a credential ends today', { credentialExpiresAt: inDays(0.1) }, 'warning', '/admin/microsoft', 'less than a day'],
  ['a credential ends tomorrow', { credentialExpiresAt: inDays(1.5) }, 'warning', '/admin/microsoft', 'in 1 day.'],
  ['a credential ends later', { credentialExpiresAt: inDays(30.1) }, 'healthy', null, 'as Microsoft'],
  ['subscriptions are missing', { subscriptions: 'missing' }, 'warning', '/admin/microsoft', 'by timer'],
  ['subscriptions end', { subscriptions: 'expiring' }, 'warning', '/admin/microsoft', 'about to expire'],
  ['no full run for long', { lastFullAt: hoursAgo(37) }, 'warning', '/admin/runs', 'more than 36 hours'],
  ['a full run a day ago', { lastFullAt: hoursAgo(36) }, 'healthy', null, 'as Microsoft'],
  ['people wait', { conflicts: 2 }, 'warning', '/admin/conflicts', '2 people wait'],
  ['one person waits', { conflicts: 1 }, 'warning', '/admin/conflicts', '1 person waits'],
];

/** Facts of which each is good or bad, independently of the others. */
const facts: fc.Arbitrary<HealthFacts> = fc.record({
  now: fc.constant(now),
  isConnected: fc.boolean(),
  mayRead: fc.boolean(),
  hasGroup: fc.boolean(),
  isOn: fc.boolean(),
  hasRun: fc.boolean(),
  isRunning: fc.boolean(),
  lastFull: fc.option(
    fc.record({
      state: fc.constantFrom('finished' as const, 'interrupted' as const),
      problem: fc.option(fc.constantFrom(problem, 'It failed.')),
    }),
  ),
  lastFullAt: fc.option(fc.integer({ min: 0, max: 80 }).map(hoursAgo)),
  failures: fc.nat({ max: 4 }),
  held: fc.option(fc.record({ people: fc.nat({ max: 50 }), reason: fc.constant('too many at once') })),
  credentialExpiresAt: fc.option(fc.integer({ min: -5, max: 80 }).map(inDays)),
  subscriptions: fc.constantFrom('live' as const, 'missing' as const, 'expiring' as const, 'not-used' as const),
  conflicts: fc.nat({ max: 3 }),
});

/** Which states an organisation is in, each told for itself. */
const holds: Readonly<Record<Exclude<HealthState, 'healthy'>, (facts: HealthFacts) => boolean>> = {
  'not-set-up': (of) => [of.isConnected, of.mayRead, of.hasGroup, of.hasRun].includes(false),
  paused: (of) => !of.isOn,
  failing: (of) =>
    of.failures > 1 ||
    (typeof of.lastFull?.problem === 'string' && !(of.isRunning && of.lastFull.state === 'interrupted')),
  'needs-approval': (of) => of.held !== null,
  warning: (of) =>
    of.conflicts > 0 ||
    of.subscriptions === 'missing' ||
    of.subscriptions === 'expiring' ||
    (of.lastFullAt?.getTime() ?? 0) < hoursAgo(36).getTime() ||
    (of.credentialExpiresAt ?? inDays(100)) <= inDays(30),
};

describe('the health of provisioning', () => {
  it.each(cases)('where %s', (_what, bad, state, to, words) => {
    const health = healthOf({ ...well, ...bad });

    expect([health.state, health.action?.to ?? null]).toEqual([state, to]);
    expect(health.reason).toContain(words);
  });

  it('is the worst state that holds, and healthy where none does', () => {
    fc.assert(
      fc.property(facts, (of) => {
        const worst = healthStates.find((state) => state !== 'healthy' && holds[state](of)) ?? 'healthy';

        expect(healthOf(of).state).toBe(worst);
      }),
      { numRuns: 2000 },
    );
  });

  it('always has a reason, which is one sentence, and a next step unless all is well', () => {
    fc.assert(
      fc.property(facts, (of) => {
        const { state, reason, action } = healthOf(of);

        expect(reason).toMatch(/^[A-Z0-9][^\n]{10,}[^.]\.$/);
        expect(action === null).toBe(state === 'healthy');
        if (action)
          expect([action.label, action.to]).toEqual([
            expect.stringMatching(/^[A-Z]/),
            expect.stringMatching(/^\/admin\//),
          ]);
      }),
    );
  });
});
