import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currentStep, isStepName, type Known, neighboursOf, stepNames, stepsOf } from '../../src/setup/steps.ts';

const fresh: Known = {
  provisioning: { enabled: true },
  microsoft: { provisioning: false, groupId: null },
  permissions: null,
  preview: null,
  full: null,
};
const connected = { ...fresh, microsoft: { provisioning: true, groupId: null } };
const chosen = { ...fresh, microsoft: { provisioning: true, groupId: 'a-group' } };
const granted = [{ state: 'granted' }, { state: 'unneeded' }];

const run = fc.option(
  fc.constantFrom('running', 'finished', 'incomplete', 'interrupted', 'cancelled').map((state) => ({ state }) as const),
);
const anything: fc.Arbitrary<Known> = fc.record({
  provisioning: fc.record({ enabled: fc.boolean() }),
  microsoft: fc.record({ provisioning: fc.boolean(), groupId: fc.option(fc.string()) }),
  permissions: fc.option(
    fc.array(fc.record({ state: fc.constantFrom('granted', 'missing', 'unknown', 'unneeded') }), { minLength: 1 }),
  ),
  preview: run,
  full: run,
});

const doneOf = (known: Known) =>
  stepsOf(known)
    .filter(({ state }) => state === 'done')
    .map(({ name }) => name);

describe('the steps of the setup', () => {
  it.each([
    ['nothing is connected', fresh, 'tenant', []],
    ['the tenant is connected', connected, 'permissions', ['tenant']],
    ['a permission is missing', { ...connected, permissions: [{ state: 'missing' }] }, 'permissions', ['tenant']],
    ['all permissions are there', { ...connected, permissions: granted }, 'group', ['tenant', 'permissions']],
    ['a group is chosen', chosen, 'mapping', ['tenant', 'permissions', 'group']],
  ] as const)('where %s go on with %s', (_what, known, current, done) => {
    expect(currentStep(stepsOf(known))).toBe(current);
    expect(doneOf(known)).toEqual(done);
  });

  it('wait with going live for somebody to do it, when a preview has been made', () => {
    const previewed = { ...chosen, provisioning: { enabled: false }, preview: { state: 'finished' } } as const;

    expect(currentStep(stepsOf(previewed))).toBe('live');
    expect(doneOf(previewed)).not.toContain('live');
  });

  it('are all done once provisioning is on and a full sync has come to its end', () => {
    const live = { ...chosen, full: { state: 'finished' } } as const;

    expect(doneOf(live)).toEqual(stepNames);
    expect(currentStep(stepsOf(live))).toBe('live');
    expect(doneOf({ ...live, provisioning: { enabled: false } })).not.toContain('live');
    expect(doneOf({ ...live, full: { state: 'interrupted' } })).not.toContain('live');
  });

  it('name one missing permission as the step to go on with, also where a group was chosen before', () => {
    const lacking = { ...chosen, permissions: [{ state: 'granted' }, { state: 'missing' }] };

    expect(currentStep(stepsOf(lacking))).toBe('permissions');
  });

  it('are always all there, in order, and at most one of them is the current one: the first that is not done', () => {
    fc.assert(
      fc.property(anything, (known) => {
        const steps = stepsOf(known);
        expect(steps.map(({ name }) => name)).toEqual(stepNames);
        const open = steps.filter(({ state }) => state !== 'done');
        expect(open.map(({ state }) => state)).toEqual(open.map((_step, at) => (at === 0 ? 'current' : 'to do')));
      }),
    );
  });
});

describe('the name of a step', () => {
  it('is known or not', () => {
    expect([isStepName('group'), isStepName('grup'), isStepName(undefined)]).toEqual([true, false, false]);
  });

  it('leads to the steps beside it, and the ends lead nowhere', () => {
    expect(neighboursOf('group')).toEqual({ before: 'permissions', after: 'mapping' });
    expect(neighboursOf('tenant').before).toBeNull();
    expect(neighboursOf('live').after).toBeNull();
  });
});
