import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import type { DirectoryPerson, Evaluated } from '@learnamp/directory';
import { createExpressionEvaluator } from '../../src/mapping/expression-evaluator.ts';

// Ending processes and starting others takes its time on a busy machine.
jest.setTimeout(30_000);

const aPerson = (n: number, properties: object = {}): DirectoryPerson => ({
  id: `${n}`,
  accountEnabled: true,
  userPrincipalName: `user${n}@contoso.example`,
  managerId: null,
  properties: { displayName: `User ${n}`, department: 'Looms', mail: `user${n}@contoso.example`, ...properties },
});
const people = (count: number) => Array.from({ length: count }, (_, n) => aPerson(n));

// Twice as long for each letter: no machine sees the end of it.
const ENDLESS = { displayName: `${'a'.repeat(60)}!` };
const CATASTROPHE = '$match(displayName, /^(a+)+$/) ? "a" : "b"';

const value = (of: unknown): Evaluated => ({ kind: 'value', value: of });
const failure = (reason: unknown): Evaluated => ({ kind: 'failed', reason: reason as string });

describe('the evaluator of expressions', () => {
  const evaluator = createExpressionEvaluator();
  afterAll(() => evaluator.stop());
  /** Whatever happened, the next evaluation works. */
  afterEach(async () => {
    expect(await evaluator.evaluate('$uppercase(department)', [aPerson(1)])).toEqual([value('LOOMS')]);
  });

  it('evaluates five expressions over a thousand people, each for itself and in order', async () => {
    const many = people(1000);
    const wanted: [string, (person: DirectoryPerson, n: number) => unknown][] = [
      ['department', () => 'Looms'],
      ['$uppercase(displayName)', (_, n) => `USER ${n}`],
      ['$substringBefore(mail, "@")', (_, n) => `user${n}`],
      ['city', () => null],
      ['$length(displayName) > 6', (_, n) => n >= 10],
    ];

    for (const [expression, of] of wanted) {
      expect(await evaluator.evaluate(expression, many)).toEqual(many.map((person, n) => value(of(person, n))));
    }
  });

  it('ends a regular expression that would never end, and not before its time', async () => {
    const began = Date.now();
    const evaluated = await evaluator.evaluate(CATASTROPHE, [aPerson(1, ENDLESS)]);
    const took = Date.now() - began;

    expect(evaluated).toEqual([failure('the expression took longer than 200 ms and was ended')]);
    expect(took).toBeGreaterThanOrEqual(200);
    // The rest is starting a process, on a machine that does other things too.
    expect(took).toBeLessThan(5000);
  });

  it('lets nobody pay for one person whose value makes it endless', async () => {
    // Patient, because a machine that has no time for us for 200 ms would end somebody harmless.
    const patient = createExpressionEvaluator({ timeMs: 1000, memoryMb: 64 });
    const some = [...people(70), aPerson(70, ENDLESS), ...people(30)];

    const evaluated = await patient.evaluate(CATASTROPHE, some);
    patient.stop();

    expect(evaluated[70]).toEqual(failure(expect.stringContaining('took longer')));
    expect(evaluated.filter((_, n) => n !== 70)).toEqual(Array.from({ length: 100 }, () => value('b')));
  });

  it('gives up on an expression that is endless for everybody, after ten of them', async () => {
    const everybody = people(500).map((person) => ({ ...person, properties: ENDLESS }));

    const evaluated = await evaluator.evaluate(CATASTROPHE, everybody);

    expect(evaluated.filter((one) => one.kind === 'value')).toEqual([]);
    const reasons = evaluated.map((one) => (one.kind === 'failed' ? one.reason : ''));
    expect(reasons.filter((reason) => reason.includes('took longer'))).toHaveLength(10);
    expect(reasons.at(-1)).toBe('the expression was ended for 10 people and not tried on others');
  });

  it.each([
    ['one allocation that is too large', '$uppercase($pad("x", 200000000))', /64 MB|took longer/],
    ['more and more memory', '$split($pad("", 50000000), "")', /64 MB|took longer/],
    ['a recursion without end', '($f := function($n) { $f($n + 1) + 1 }; $f(0))', /failed \(D1011\)/],
    ['a recursion that needs no stack', '($f := function($n) { $f($n + 1) }; $f(0))', /took longer/],
    ['a list of ten million', '[1..10000000]', /failed \(D2015\)/],
  ])('survives %s', async (_what, expression, reason) => {
    const [evaluated] = await evaluator.evaluate(expression, [aPerson(1)]);

    expect(evaluated).toEqual(failure(expect.stringMatching(reason)));
  });

  it('joins texts where the directory says nothing of one, at any depth', async () => {
    const person = aPerson(1, { city: null, office: { floor: null, building: 'B' } });

    expect(await evaluator.evaluate('department & city & office.floor & office.building', [person])).toEqual([
      value('LoomsB'),
    ]);
  });

  it('tells of an expression that throws by its code, without what it says of the person', async () => {
    const [evaluated] = await evaluator.evaluate('$error("look at " & mail)', [aPerson(1)]);

    expect(evaluated).toEqual(failure('the expression failed (D3137)'));
  });

  it.each([
    ['an object', '{"a": 1}'],
    ['a function', '$uppercase'],
    ['a list with an object', '[1, {"a": 1}]'],
    ['an endless number', '1 / 0'],
  ])('takes %s for a failure, never for an empty value', async (_what, expression) => {
    expect(await evaluator.evaluate(expression, [aPerson(1)])).toEqual([failure('the value is no text')]);
  });

  it('answers for an expression that can not be read', async () => {
    expect(await evaluator.evaluate('department &', people(2))).toEqual([
      failure('the expression failed (S0207)'),
      failure('the expression failed (S0207)'),
    ]);
  });

  it('does not bring a text home that no field can hold', async () => {
    expect(await evaluator.evaluate('$pad("x", 5000)', [aPerson(1)])).toEqual([
      failure('the value is longer than 4096 characters'),
    ]);
  });
});
