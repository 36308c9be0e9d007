import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ChangeQuestion, defaultLimits, judgeChanges, type Verdict } from '../../src/index.ts';

const people = (count: number, verdict: Verdict | null = null) =>
  new Map(Array.from({ length: count }, (_, n) => [`p${n}`, verdict] as const));

const ask = (question: Partial<ChangeQuestion>) =>
  judgeChanges({
    direction: 'removal',
    proposed: people(1),
    waiting: new Set(),
    recent: 0,
    population: 100,
    isHolding: false,
    limits: defaultLimits.removal,
    ...question,
  });

const questions: fc.Arbitrary<ChangeQuestion> = fc.record({
  direction: fc.constantFrom('removal', 'addition'),
  proposed: fc
    .array(fc.constantFrom<Verdict | null>(null, 'approved', 'rejected'), { maxLength: 40 })
    .map((verdicts) => new Map(verdicts.map((verdict, n) => [`p${n}`, verdict] as const))),
  waiting: fc.uniqueArray(fc.nat(39), { maxLength: 10 }).map((numbers) => new Set(numbers.map((n) => `p${n}`))),
  recent: fc.nat(20),
  population: fc.integer({ min: 40, max: 400 }),
  isHolding: fc.boolean(),
  limits: fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    small: fc.nat(10),
    number: fc.option(fc.nat(30)),
  }),
});

describe('judgeChanges', () => {
  it.each([
    ['5 of 10: few people are never too many', 5, 10, 0],
    ['6 of 60: exactly a tenth', 6, 60, 0],
    ['500 of 100,000', 500, 100_000, 0],
  ])('lets %s take effect', (_what, count, population, recent) => {
    expect(ask({ proposed: people(count), population, recent })).toEqual({
      apply: [...people(count).keys()],
      hold: [],
    });
  });

  it.each([
    ['6 of 10', 6, 10, 0],
    ['7 of 60: more than a tenth', 7, 60, 0],
    ['501 of 100,000', 501, 100_000, 0],
    ['1 more after 5 within a day: a slow bleed', 1, 10, 5],
  ])('holds %s, and says why', (_what, count, population, recent) => {
    const { apply, hold, reason } = ask({ proposed: people(count), population, recent });

    expect({ apply, hold }).toEqual({ apply: [], hold: [...people(count).keys()] });
    expect(reason).toMatch(
      new RegExp(`^${count + recent} people would be deactivated .*where ${population} were active`),
    );
  });

  it('holds even a single removal while others are held', () => {
    expect(ask({ isHolding: true })).toMatchObject({ apply: [], hold: ['p0'] });
    expect(ask({ isHolding: false })).toMatchObject({ apply: ['p0'], hold: [] });
  });

  it.each([
    ['20 of 10: a small number is never too many', 20, 10, 0],
    ['50 of 100: exactly half', 50, 100, 0],
    ['5,000 of 10,000: there is no number above', 5_000, 10_000, 0],
  ])('lets the addition of %s take effect, even while others are held', (_what, count, population, recent) => {
    const additions = { direction: 'addition', limits: defaultLimits.addition, isHolding: true } as const;

    expect(ask({ ...additions, proposed: people(count), population, recent }).hold).toEqual([]);
  });

  it.each([
    ['21 of 10', 21, 10, 0],
    ['51 of 100', 51, 100, 0],
    ['1 more after 50 within a day', 1, 100, 50],
  ])('holds the addition of %s', (_what, count, population, recent) => {
    const additions = { direction: 'addition', limits: defaultLimits.addition } as const;

    const { apply, reason } = ask({ ...additions, proposed: people(count), population, recent });

    expect(apply).toEqual([]);
    expect(reason).toContain('would be added');
  });

  it('does not count those who were approved or rejected', () => {
    const proposed = new Map([...people(50, 'approved'), ['open', null] as const]);

    expect(ask({ proposed, population: 60 }).hold).toEqual([]);
  });

  it('holds the rest of those who were held when some of them are approved, and lets newcomers pass', () => {
    const proposed = new Map([...people(7, 'approved'), ['late', null], ['new', null]] as const);
    const additions = { direction: 'addition', proposed, waiting: new Set(['late', 'p0']), population: 34 } as const;

    expect(ask(additions)).toMatchObject({ apply: [...people(7).keys(), 'new'], hold: ['late'] });
    expect(ask({ ...additions, waiting: new Set() }).hold).toEqual([]);
  });

  it('puts everybody into one list, whatever is asked: approved ones apply, rejected ones stay, open ones go together unless some wait', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { apply, hold, reason } = judgeChanges(question);
        const of = (verdict: Verdict | null) =>
          [...question.proposed.keys()].filter((id) => question.proposed.get(id) === verdict);

        expect([...apply, ...hold, ...of('rejected')].sort()).toEqual([...question.proposed.keys()].sort());
        expect(apply).toEqual(expect.arrayContaining(of('approved')));
        const waiting = of(null).filter((id) => question.waiting.has(id));
        expect(hold.length === of(null).length ? of(null) : waiting).toEqual(hold);
        expect(reason === undefined).toBe(hold.length === 0);
      }),
    );
  });

  it('never lets more take effect without approval than the limits allow', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { apply } = judgeChanges(question);
        const unasked = apply.filter((id) => question.proposed.get(id) === null).length;
        const { share, small, number } = question.limits;
        // As a person would say it: at most the number, and at most the share unless it is a handful.
        const allowed = Math.min(number ?? Infinity, Math.max(small, Math.floor(share * question.population)));

        if (unasked > 0) expect(unasked + question.recent).toBeLessThanOrEqual(allowed);
      }),
    );
  });
});
