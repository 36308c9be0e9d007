import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decidePerson as decide, hashOf, type KnownState, type Switches, wantedState } from '../../src/index.ts';
import { aPerson } from '../person.ts';

const on: Switches = { create: true, update: true, deactivate: true };
const decidePerson = (person = aPerson(), known?: KnownState, switches: Partial<Switches> = {}) =>
  decide(person, known, { ...on, ...switches });

const knownAs = (person = aPerson()) => ({ hash: hashOf(wantedState(person)), active: true });

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
