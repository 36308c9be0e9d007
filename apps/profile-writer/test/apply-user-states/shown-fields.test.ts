import { describe, expect, it } from '@jest/globals';
import type { FieldRules, UserState } from '@learnamp/contracts';
import type { LearnerDocument } from '@learnamp/learners';
import fc from 'fast-check';
import { shownFields } from '../../src/apply-user-states/shown-fields.ts';
import { aUserState, someFields } from '../fixtures/states.ts';

const noRules: FieldRules = { createOnly: [], keptWhenEmpty: [], unreadable: [] };

/** A learner as it is stored after `state`. */
function after(known: LearnerDocument | undefined, state: UserState): LearnerDocument {
  const { fields, customFields, awaitedFields } = shownFields(known, state);
  const { personId, version, hash, active, userPrincipalName, userType } = state;
  const said = { personId, version, hash, active, userPrincipalName, userType, managerId: null, removal: null };
  return {
    _id: 'lrn_1',
    organisationId: 'acme',
    active: true,
    fields,
    customFields,
    sources: { microsoft: { ...said, fields: state.fields, awaitedFields } },
    manager: null,
    primaryTeamId: null,
    sessionVersion: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };
}

/** What a standard and a custom field show after some states, each with what it says and by which rules. */
function shownAfter(...said: readonly (readonly [string | null, Partial<FieldRules>?])[]) {
  const learner = said.reduce<LearnerDocument | undefined>((known, [value, rules], version) => {
    const fieldRules = { ...noRules, ...rules };
    const state = aUserState({
      person: 1,
      version,
      fields: someFields({ jobTitle: value }),
      customFields: { title: value },
    });
    return after(known, { ...state, fieldRules });
  }, undefined);
  return [learner?.fields.jobTitle, learner?.customFields?.['title']];
}

const both = ['jobTitle', 'customFields.title'];
const createOnly = { createOnly: both };
const kept = { keptWhenEmpty: both };
const unreadable = { unreadable: both };
const createOnlyUnreadable = { createOnly: both, unreadable: both };

describe('a field', () => {
  it.each([
    ['that is simply set follows the directory', [['A'], ['B']], 'B'],
    ['that is simply set is cleared with it', [['A'], [null]], null],
    [
      'that is kept when empty follows the directory',
      [
        ['A', kept],
        ['B', kept],
      ],
      'B',
    ],
    [
      'that is kept when empty stays when the directory says nothing',
      [
        ['A', kept],
        [null, kept],
      ],
      'A',
    ],
    ['that is kept when empty is empty where it never had a value', [[null, kept]], null],
    ['of "create only" gets its first value', [['A', createOnly]], 'A'],
    [
      'of "create only" is left alone from then on',
      [
        ['A', createOnly],
        ['B', createOnly],
      ],
      'A',
    ],
    [
      'of "create only" stays empty where it was made empty',
      [
        [null, createOnly],
        ['B', createOnly],
      ],
      null,
    ],
    ['of "create only" is left alone where the learner is older than the rule', [['A'], ['B', createOnly]], 'A'],
    ['of "create only" no more follows the directory again', [['A', createOnly], ['B', createOnly], ['C']], 'C'],
    ['that could not be read stays, whatever the state says', [['A'], [null, unreadable]], 'A'],
    ['that could not be read is empty on a new learner', [['A', unreadable]], null],
    ['that can be read again follows the directory', [['A'], [null, unreadable], ['B']], 'B'],
    [
      'of "create only" that could not be read at first gets its first value as soon as it can be',
      [
        [null, createOnlyUnreadable],
        [null, createOnlyUnreadable],
        ['B', createOnly],
        ['C', createOnly],
      ],
      'B',
    ],
    [
      'of "create only" that was read once is not written because it could not be read since',
      [
        ['A', createOnly],
        [null, createOnlyUnreadable],
        ['B', createOnly],
      ],
      'A',
    ],
  ] as const)('%s', (_what, said, shown) => {
    expect(shownAfter(...said)).toEqual([shown, shown]);
  });

  it('that is custom and named by no rule stays as it is', () => {
    const known = after(undefined, aUserState({ person: 1, version: 1, customFields: { a: '1', b: '2' } }));

    expect(shownFields(known, aUserState({ person: 1, version: 2 })).customFields).toEqual({ a: '1', b: '2' });
    const named = aUserState({ person: 1, version: 2, customFields: { b: null } });
    expect(shownFields(known, named).customFields).toEqual({ a: '1', b: null });
  });

  it('named like a part of every object is a field like others', () => {
    const state = aUserState({
      person: 1,
      version: 1,
      customFields: { constructor: null },
      fieldRules: { ...noRules, keptWhenEmpty: ['customFields.constructor'] },
    });

    expect(shownFields(undefined, state).customFields).toEqual({ constructor: null });
  });

  it('shows what a person with the rules in hand would write down, after any history', () => {
    const step = fc.record({
      value: fc.constantFrom('A', 'B', 'C', null),
      isCreateOnly: fc.boolean(),
      isKept: fc.boolean(),
      isUnreadable: fc.boolean(),
    });

    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const said = steps.map(({ value, isCreateOnly, isKept, isUnreadable }) => {
          const rules = {
            createOnly: isCreateOnly ? both : [],
            keptWhenEmpty: isKept ? both : [],
            unreadable: isUnreadable ? both : [],
          };
          return [value, rules] as const;
        });

        const shown = writtenDown(steps);
        expect(shownAfter(...said)).toEqual([shown, shown]);
      }),
    );
  });
});

interface Step {
  readonly value: string | null;
  readonly isCreateOnly: boolean;
  readonly isKept: boolean;
  readonly isUnreadable: boolean;
}

/** A sheet with one line, and a note whether its first value is still waited for. */
function writtenDown(steps: readonly Step[]): string | null {
  let sheet: string | null = null;
  let isWaiting = true;
  for (const { value, isCreateOnly, isKept, isUnreadable } of steps) {
    if (isUnreadable) {
      // Waiting goes on only under the rule that makes one wait.
      isWaiting &&= isCreateOnly;
      continue;
    }
    const mayWrite = !isCreateOnly || isWaiting;
    if (mayWrite && !(value === null && isKept)) sheet = value;
    isWaiting = false;
  }
  return sheet;
}
