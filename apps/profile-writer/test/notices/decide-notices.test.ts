import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Decision,
  decideNotice,
  type Finding,
  type NoticeState,
  type Question,
} from '../../src/notices/decide-notices.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-11-23T12:00:00Z');

/** What happens between two looks: time that passes, or is taken back, and what is found then. */
interface Step {
  readonly minutes: number;
  readonly finding: Finding;
  readonly isMailed: boolean;
}

interface Told {
  /** By the clock of then, and which look it was. */
  readonly at: number;
  readonly step: number;
  readonly mail: NonNullable<Decision['mail']>;
  readonly opening: number;
}

interface History {
  readonly told: readonly Told[];
  readonly notice: NoticeState | null;
}

/** Follows one kind of notice through a history. Openings are counted by what was found, not by what was stored. */
function follow(steps: readonly Step[], endsWithMail = true): History {
  const told: Told[] = [];
  let [now, opening, isOpen] = [START, 0, false];
  let notice: NoticeState | null = null;
  for (const [step, { minutes, finding, isMailed }] of steps.entries()) {
    now += minutes * 60_000;
    if (finding.state === 'lasts' && !isOpen) [isOpen, opening] = [true, opening + 1];
    if (finding.state === 'over' || finding.state === 'moot') isOpen = false;
    const decision = decideNotice({ notice, finding, isMailed, endsWithMail, now: new Date(now) });
    if (decision?.mail) told.push({ at: now, step, mail: decision.mail, opening });
    notice = decision?.notice ?? notice;
  }
  return { told, notice };
}

const lasts = (...about: readonly string[]): Finding => ({ state: 'lasts', about });
const over: Finding = { state: 'over' };
const finding = fc.oneof(
  { weight: 4, arbitrary: fc.subarray(['one', 'two', 'three']).map((about) => lasts(...about)) },
  { weight: 3, arbitrary: fc.constant(over) },
  fc.constantFrom<Finding>({ state: 'moot' }, { state: 'unknown' }),
);
const forwards = fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 5 * 24 * 60 }));
const stepsOf = (minutes: fc.Arbitrary<number>) =>
  fc.array(
    fc.record({
      minutes,
      finding,
      isMailed: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
    { maxLength: 60 },
  );
const histories = stepsOf(forwards);
const withJumps = stepsOf(fc.oneof({ weight: 3, arbitrary: forwards }, fc.integer({ min: -20 * 24 * 60, max: -1 })));

const alarmsOf = ({ told }: History) => told.filter(({ mail }) => mail === 'alarm');

describe('whatever happens', () => {
  it('no alarm comes within a day of another mail of its kind', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { told } = follow(steps);
        told.slice(1).forEach((each, index) => {
          if (each.mail === 'alarm') expect(each.at - (told[index]?.at ?? 0)).toBeGreaterThanOrEqual(DAY);
        });
      }),
    );
  });

  it('there is one all-clear at most for an opening, after its alarms, and none without one', () => {
    fc.assert(
      fc.property(withJumps, (steps) => {
        const { told } = follow(steps);
        for (const opening of new Set(told.map((each) => each.opening))) {
          const mails = told.filter((each) => each.opening === opening).map(({ mail }) => mail);
          expect(mails.slice(0, -1)).not.toContain('all-clear');
          expect(mails[0]).toBe('alarm');
        }
      }),
    );
  });

  it('nothing is told of what is not so at that moment', () => {
    fc.assert(
      fc.property(withJumps, (steps) => {
        for (const { step, mail } of follow(steps).told) {
          expect([steps[step]?.finding.state, steps[step]?.isMailed]).toEqual([
            mail === 'alarm' ? 'lasts' : 'over',
            true,
          ]);
        }
      }),
    );
  });

  it('a look that is repeated at once tells nothing more', () => {
    fc.assert(
      fc.property(withJumps, (steps) => {
        const twice = steps.flatMap((step) => [step, { ...step, minutes: 0 }]);
        expect(follow(twice).told.map(({ at, mail }) => [at, mail])).toEqual(
          follow(steps).told.map(({ at, mail }) => [at, mail]),
        );
      }),
    );
  });

  it('a clock that is turned back has no alarm sent before it has passed the last mail by a day', () => {
    fc.assert(
      fc.property(withJumps, (steps) => {
        const { told } = follow(steps);
        told.forEach(({ at, mail }, index) => {
          const latest = Math.max(-Infinity, ...told.slice(0, index).map((each) => each.at));
          if (mail === 'alarm') expect(at - latest).toBeGreaterThanOrEqual(DAY);
        });
      }),
    );
  });

  it('what is never wanted is never mailed, and what ends without a mail has none', () => {
    fc.assert(
      fc.property(withJumps, (steps) => {
        expect(follow(steps.map((step) => ({ ...step, isMailed: false }))).told).toEqual([]);
        expect(follow(steps, false).told.filter(({ mail }) => mail === 'all-clear')).toEqual([]);
      }),
    );
  });

  it('what lasts is told of again, however long it does', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const silence = Array.from({ length: 15 }, () => ({ minutes: 24 * 60, finding: lasts(), isMailed: true }));
        const history = follow([...steps, ...silence]);
        expect(alarmsOf(history).at(-1)?.step).toBeGreaterThanOrEqual(steps.length);
      }),
    );
  });
});

describe('a notice', () => {
  const hourly = (days: number, found: (hour: number) => Finding) =>
    Array.from({ length: days * 24 + 1 }, (_none, hour): Step => {
      return { minutes: hour === 0 ? 0 : 60, finding: found(hour), isMailed: true };
    });
  const daysOf = (history: History) => history.told.map(({ at, mail }) => [(at - START) / DAY, mail]);

  it('fades: at once, after one day, three more, seven more, and then every fourteen', () => {
    expect(daysOf(follow(hourly(45, () => lasts())))).toEqual([0, 1, 4, 11, 25, 39].map((day) => [day, 'alarm']));
  });

  it('says at once that it is over', () => {
    expect(daysOf(follow(hourly(3, (hour) => (hour < 6 ? lasts() : over))))).toEqual([
      [0, 'alarm'],
      [0.25, 'all-clear'],
    ]);
  });

  it('tells of what is new in it a day after the last mail', () => {
    const found = (hour: number) => lasts('one', ...(hour >= 2 * 24 ? ['two'] : []));
    expect(daysOf(follow(hourly(6, found), false))).toEqual([0, 1, 2].map((day) => [day, 'alarm']));
  });

  it('of what comes and goes every day fades too', () => {
    const nightly = follow(hourly(60, (hour) => (hour % 24 < 8 ? lasts() : over)));

    expect(alarmsOf(nightly).length).toBeLessThanOrEqual(8);
    expect(alarmsOf(nightly).length).toBeGreaterThanOrEqual(4);
  });

  it('of what comes back after a day of peace begins anew, at once', () => {
    const found = (hour: number) => (hour < 6 || hour >= 31 ? lasts() : over);
    expect(daysOf(follow(hourly(2, found)))).toEqual([
      [0, 'alarm'],
      [0.25, 'all-clear'],
      [31 / 24, 'alarm'],
    ]);
  });

  it('that nobody could be told of is told as soon as somebody can be', () => {
    const steps = hourly(1, () => lasts()).map((step, hour) => ({ ...step, isMailed: hour >= 5 }));
    expect(daysOf(follow(steps))).toEqual([[5 / 24, 'alarm']]);
  });

  it('stays as it is while nobody can say, and is closed without a word where it does not matter any more', () => {
    const told = [lasts(), { state: 'unknown' }, { state: 'moot' }, over] as const;
    const { notice, told: mails } = follow(told.map((each) => ({ minutes: 60, finding: each, isMailed: true })));

    expect([notice?.state, mails.map(({ mail }) => mail)]).toEqual(['closed', ['alarm']]);
  });
});

describe('the properties above', () => {
  const question = (more: Partial<Question>): Question => ({
    ...{ notice: null, finding: lasts(), isMailed: true, endsWithMail: true, now: new Date(START) },
    ...more,
  });

  it('would notice mails that come too soon: without what is remembered there is one at each look', () => {
    expect(decideNotice(question({}))?.mail).toBe('alarm');
    expect(decideNotice(question({ now: new Date(START + 60_000) }))?.mail).toBe('alarm');
  });
});
