import type { DeltaOptions } from '@learnamp/entra-emulator';
import fc from 'fast-check';
import type { Fate } from '../simulation/processes/simulated-process.ts';
import { fair, type Weather } from '../simulation/graph/weather.ts';
import type { ServiceName } from '../simulation/world.ts';
import type { CompanyPlan } from './company.ts';
import { type WriteStep, writeNames } from './writes.ts';

/** One thing that happens. */
export type Step =
  | WriteStep
  | { readonly waitSeconds: number }
  /** Notifications of what changed are sent: some lost, some twice, in any order. */
  | { readonly notify: 'users' | 'groups' | 'all' }
  /** Records are handed to whoever consumes them. */
  | { readonly deliverTo: ServiceName; readonly most: number; readonly commit: 'kept' | 'lost' }
  /** directory-sync does what is due. */
  | { readonly work: true }
  | { readonly request: 'full' | 'delta' | 'person'; readonly person: number }
  | { readonly service: ServiceName; readonly fate: Fate }
  | { readonly thaw: true };

/** What happens to a company and to those who follow it. */
export interface History {
  readonly company: CompanyPlan;
  readonly delta: DeltaOptions;
  readonly weather: Weather;
  readonly notifications: { readonly lost: number; readonly repeated: number };
  /** How often something happens while a service waits for Graph. */
  readonly meanwhile: number;
  /** What goes wrong when. */
  readonly seed: number;
  readonly steps: readonly Step[];
  /** People of the tenant whom nothing happens to. */
  readonly bystanders: number;
}

const pickedNumbers = fc.array(fc.nat(997), { minLength: 6, maxLength: 6 });

const write: fc.Arbitrary<WriteStep> = fc.record({ write: fc.constantFrom(...writeNames), picks: pickedNumbers });

const service = fc.constantFrom<ServiceName>('directory-sync', 'profile-writer');

/** More is published than is asked for. */
const consumer = fc.constantFrom<ServiceName>('directory-sync', 'profile-writer', 'profile-writer');

const how = fc.constantFrom('dies before' as const, 'dies after' as const, 'freezes' as const);

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({ call: fc.integer({ min: 1, max: 25 }), how }),
  fc.record({ call: fc.integer({ min: 1, max: 4 }), how, at: fc.constant('publish' as const) }),
);

/** A change that a process has just published when it dies, and that is undone before another one looks. */
const undone: fc.Arbitrary<Step[]> = fc
  .record({ picks: pickedNumbers, call: fc.integer({ min: 3, max: 4 }) })
  .map(({ picks, call }): Step[] => [
    { waitSeconds: 60 },
    { work: true },
    { write: 'disable or enable', picks },
    { request: 'delta', person: 0 },
    { deliverTo: 'directory-sync', most: 40, commit: 'kept' },
    { service: 'directory-sync', fate: { call, how: 'dies after', at: 'publish' } },
    { work: true },
    { write: 'disable or enable', picks },
  ]);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: write },
  { weight: 6, arbitrary: fc.record({ notify: fc.constantFrom('users' as const, 'groups' as const, 'all' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      waitSeconds: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 90 }) },
        { weight: 1, arbitrary: fc.integer({ min: 90, max: 1200 }) },
      ),
    }),
  },
  { weight: 9, arbitrary: fc.constant({ work: true } as const) },
  {
    weight: 15,
    arbitrary: fc.record({
      deliverTo: consumer,
      most: fc.integer({ min: 1, max: 40 }),
      commit: fc.constantFrom('kept' as const, 'kept' as const, 'lost' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      request: fc.constantFrom('full' as const, 'delta' as const, 'delta' as const, 'person' as const),
      person: fc.nat(30),
    }),
  },
  { weight: 4, arbitrary: fc.record({ service, fate }) },
  { weight: 1, arbitrary: fc.constant({ thaw: true } as const) },
);

/** Each thing goes wrong in some histories only, and in these more or less often. */
const sometimes = (...often: readonly number[]) => fc.constantFrom(0, 0, ...often);

/** In one of five histories lists lack people or show them as they were, and say nothing of it. */
const lies = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      notFound: sometimes(0.02, 0.2),
      emptyAnswers: sometimes(0.02, 0.2),
      lagging: sometimes(0.1, 0.3),
      lagMs: fc.constantFrom(2_000, 20_000),
    }),
  },
);

const failures = fc.record({
  throttled: sometimes(0.02, 0.1),
  unavailable: sometimes(0.02, 0.1),
  broken: sometimes(0.01, 0.03),
  timeouts: sometimes(0.02),
  cut: sometimes(0.02),
  idsOnly: sometimes(0.03),
  emptyPages: sometimes(0.05),
  expired: sometimes(0.03),
  storeFails: sometimes(0.01, 0.05),
  busFails: sometimes(0.02, 0.1),
});

const weather: fc.Arbitrary<Weather> = fc
  .tuple(failures, lies)
  .map(([failing, lying]) => ({ ...fair, ...failing, ...lying }));

const anySteps = fc
  .array(fc.oneof({ weight: 56, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: undone }), {
    minLength: 10,
    maxLength: 50,
    size: 'max',
  })
  .map((some) => some.flat());

export const anyHistory: fc.Arbitrary<History> = fc.record({
  company: fc.record({
    people: fc.integer({ min: 4, max: 20 }),
    choices: fc.array(fc.nat(997), { minLength: 60, maxLength: 60 }),
  }),
  delta: fc.record({
    pageSize: fc.constantFrom(1, 3, 50),
    linksPerPage: fc.constantFrom(1, 3, 1000),
    repeats: fc.constantFrom(0, 0.3),
    emptyPages: fc.constantFrom(0, 0.2),
    seed: fc.nat(1000),
  }),
  weather,
  notifications: fc.record({ lost: fc.constantFrom(0, 0.3, 1), repeated: fc.constantFrom(0, 0.3) }),
  meanwhile: fc.constantFrom(0, 0.1, 0.3),
  seed: fc.nat(2 ** 31 - 1),
  steps: anySteps,
  bystanders: fc.constantFrom(0, 100),
});

/** Any history, long ones as often as short ones. */
export const histories = fc.noBias(anyHistory);
