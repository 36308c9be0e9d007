import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decidePerson as decide,
  hashOf,
  type KnownState,
  mapFields,
  type MappingRule,
  rulesOf,
  type Switches,
  wantedState,
} from '../../src/index.ts';
import { aPerson, mappedByDefault, noEvaluator } from '../person.ts';

const on: Switches = { create: true, update: true, deactivate: true };
const decidePerson = (person = aPerson(), known?: KnownState, switches: Partial<Switches> = {}) =>
  decide(person, mappedByDefault(person), known, { ...on, ...switches });

const stateOf = (person = aPerson()) => wantedState(person, mappedByDefault(person));
const knownAs = (person = aPerson()) => ({ hash: hashOf(stateOf(person)), active: true });

describe('decidePerson', () => {
  it('adds an enabled person who is not known', () => {
    const decision = decidePerson(aPerson(), undefined);

    expect(decision).toMatchObject({
      kind: 'addition',
      state: { active: true, userPrincipalName: 'ada@contoso.example' },
    });
  });

  it('leaves an enabled person alone whose state is known', () => {
    expect(decidePerson(aPerson(), knownAs())).toEqual({ kind: 'unchanged' });
  });

  it('updates a learner when any mapped property or the manager changes', () => {
    const changes = fc.constantFrom(
      { displayName: 'Ada King' },
      { department: null },
      { jobTitle: 'Countess' },
      { userPrincipalName: 'ada.king@contoso.example' },
      { managerId: '22222222-2222-2222-2222-222222222222' },
      { preferredLanguage: 'fr-FR' },
      { userType: 'Guest' },
    );
    fc.assert(
      fc.property(changes, (change) => {
        expect(decidePerson(aPerson(change), knownAs()).kind).toBe('update');
      }),
    );
  });

  it('tells nobody managing a person from managers not being assigned', () => {
    const unassigned = aPerson();
    Reflect.deleteProperty(unassigned, 'managerId');

    expect(decidePerson(unassigned, knownAs())).toMatchObject({ kind: 'update' });
    expect(stateOf(unassigned)).not.toHaveProperty('managerId');
    expect(decidePerson(unassigned, knownAs(unassigned))).toEqual({ kind: 'unchanged' });
  });

  it('makes no learner of an account that is disabled', () => {
    expect(decidePerson(aPerson({ accountEnabled: false }), undefined)).toEqual({ kind: 'skip', reason: 'disabled' });
  });

  it('deactivates a learner whose account was read as disabled, with that reading as the proof', () => {
    const decision = decidePerson(aPerson({ accountEnabled: false }), knownAs());

    expect(decision).toMatchObject({ kind: 'removal', state: { active: false, removal: { cause: 'disabled' } } });
  });

  it('does not deactivate twice', () => {
    const known = { hash: 'of before', active: false };

    expect(decidePerson(aPerson({ accountEnabled: false }), known)).toEqual({ kind: 'skip', reason: 'disabled' });
  });

  it('adds a disabled learner again when the account is enabled again, changed or not', () => {
    expect(decidePerson(aPerson(), { ...knownAs(), active: false })).toMatchObject({ kind: 'addition' });
  });

  it.each([
    ['creation', { create: false }, aPerson(), undefined, 'addition'],
    ['updates', { update: false }, aPerson({ jobTitle: 'Countess' }), knownAs(), 'update'],
    ['deactivation', { deactivate: false }, aPerson({ accountEnabled: false }), knownAs(), 'removal'],
  ] as const)(
    'does nothing where %s is switched off, and does it where it is on',
    (_what, off, person, known, kind) => {
      expect(decidePerson(person, known, off)).toEqual({ kind: 'skip', reason: 'switched off' });
      expect(decidePerson(person, known).kind).toBe(kind);
    },
  );
});

describe('the hash of a wanted state', () => {
  const byRule = (rule: Partial<MappingRule>) => {
    const whole = { field: 'jobTitle', from: 'jobTitle', apply: 'always', onEmpty: 'clear', ...rule } as const;
    return hashOf(wantedState(aPerson(), mapFields(aPerson(), rulesOf({ rules: [whole] }), noEvaluator)));
  };

  it('is what it was before there were rules, where an organisation has none', () => {
    expect(hashOf(stateOf())).toBe('9411540132443690346e965bf21d40c5');
    expect(byRule({})).toBe('9411540132443690346e965bf21d40c5');
  });

  it.each([
    ['the field is written only when the learner is made', { apply: 'create only' }],
    ['the field is kept when empty', { onEmpty: 'keep' }],
    ['a custom field is mapped', { field: 'customFields.title' }],
    ['a custom field is mapped and has no value', { field: 'customFields.title', from: 'city' }],
    ['the field could not be read', { from: 'employeeHireDate', field: 'email' }],
  ] as const)('is another one when %s', (_what, rule) => {
    expect(byRule(rule)).not.toBe(hashOf(stateOf()));
  });
});
