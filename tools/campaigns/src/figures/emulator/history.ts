import type { DeltaOptions, Fault } from '@learnamp/entra-emulator';
import fc from 'fast-check';
import { FIRST_GROUPS, FIRST_USERS, idOf } from './organisation.ts';
import type { WalkQuery } from './walk-query.ts';
import { writeNames, type WriteName } from './writes.ts';

/** Something that is written. The numbers pick users, groups and values out of what there is by then. */
export interface WriteStep {
  readonly write: WriteName;
  readonly picks: readonly [number, number, number];
}

/** How a walker makes one request. */
export interface Request {
  readonly fault: Fault;
  /** Whether it asks for changed properties alone. */
  readonly minimal: boolean;
}

/** What a walker does next: ask its link, ask it twice, lose the answer, begin anew, or go back to an earlier link. */
export interface WalkStep {
  readonly walk: 'ask' | 'ask twice' | 'lose the answer' | 'begin' | 'go back';
  readonly walker: number;
  readonly moment: number;
  readonly request: Request;
}

export interface WaitStep {
  readonly waitSeconds: number;
}

export type Step = WriteStep | WalkStep | WaitStep;

/** All that happens in a history. Everything in it follows from the seed that it was drawn by. */
export interface History {
  /** How delta rounds are cut into pages. */
  readonly delta: DeltaOptions;
  readonly walkers: readonly WalkQuery[];
  readonly steps: readonly Step[];
  /** How the walkers ask when all is written, over and over; nothing lags any more. */
  readonly afterwards: readonly Pick<WalkStep, 'walk' | 'request'>[];
}

const lag = fc.oneof(
  fc.record({ changes: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ ms: fc.integer({ min: 1, max: 20_000 }) }),
);
const emptyPage = fc.constant<Fault>({ emptyPage: true });
const pageSize = fc.integer({ min: 1, max: 5 });
const linksPerPage = fc.integer({ min: 1, max: 4 });
const fault = fc.oneof(
  { weight: 10, arbitrary: fc.constant<Fault>({}) },
  { weight: 5, arbitrary: fc.record({ lag }) },
  { weight: 2, arbitrary: emptyPage },
  { weight: 2, arbitrary: fc.record({ lag, emptyPage: fc.constant(true) }) },
  { weight: 2, arbitrary: fc.record({ delta: fc.record({ pageSize, linksPerPage }) }) },
  { weight: 1, arbitrary: fc.record({ expire: fc.constantFrom('page' as const, 'delta' as const, 'reset' as const) }) },
);

const write: fc.Arbitrary<WriteStep> = fc.record({
  write: fc.constantFrom(...writeNames),
  picks: fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)),
});

const walk: fc.Arbitrary<WalkStep> = fc.record({
  walk: fc.oneof(
    { weight: 12, arbitrary: fc.constant('ask' as const) },
    { weight: 2, arbitrary: fc.constantFrom('ask twice' as const, 'lose the answer' as const) },
    { weight: 1, arbitrary: fc.constantFrom('begin' as const, 'go back' as const) },
  ),
  walker: fc.nat(7),
  moment: fc.nat(7),
  request: fc.record({ fault, minimal: fc.boolean() }),
});

/** Longer than the life of a page's link now and then, never than that of a delta link. */
const wait: fc.Arbitrary<WaitStep> = fc.record({
  waitSeconds: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 15 }) },
    { weight: 1, arbitrary: fc.constant(40 * 60) },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: write },
  { weight: 12, arbitrary: walk },
  { weight: 2, arbitrary: wait },
);

const userQuery: fc.Arbitrary<WalkQuery> = fc.record({
  kind: fc.constant('user' as const),
  select: fc.constantFrom(
    undefined,
    ['id'],
    ['displayName', 'department'],
    ['manager'],
    ['userPrincipalName', 'jobTitle', 'businessPhones', 'manager'],
    ['accountEnabled', 'department'],
  ),
  ids: narrow('user', FIRST_USERS),
  latest: fc.boolean(),
});

const groupQuery: fc.Arbitrary<WalkQuery> = fc.record({
  kind: fc.constant('group' as const),
  select: fc.constantFrom(
    undefined,
    ['members'],
    ['owners'],
    ['displayName'],
    ['displayName', 'description', 'members'],
    ['description', 'members', 'owners'],
  ),
  ids: narrow('group', FIRST_GROUPS),
  latest: fc.boolean(),
});

function narrow(kind: 'user' | 'group', count: number): fc.Arbitrary<readonly string[] | undefined> {
  const ids = Array.from({ length: count }, (_, n) => idOf(kind, n));
  return fc.option(fc.subarray(ids, { minLength: 1 }), { nil: undefined, freq: 4 });
}

const anyHistory: fc.Arbitrary<History> = fc.record({
  delta: fc.record({
    pageSize,
    linksPerPage,
    repeats: fc.constantFrom(0, 0.3),
    emptyPages: fc.constantFrom(0, 0.2),
    seed: fc.nat(1000),
  }),
  walkers: fc.array(fc.oneof(userQuery, groupQuery), { minLength: 2, maxLength: 4 }),
  steps: fc.array(step, { maxLength: 90, size: 'max' }),
  afterwards: fc.array(
    fc.record({
      walk: fc.constantFrom('ask' as const, 'ask twice' as const, 'lose the answer' as const),
      request: fc.record({ fault: fc.oneof(fc.constant<Fault>({}), emptyPage), minimal: fc.boolean() }),
    }),
    { maxLength: 4 },
  ),
});

/** Any history, long ones as often as short ones. */
export const histories = fc.noBias(anyHistory);
