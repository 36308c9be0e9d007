import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decidePerson, hashOf, wantedState } from '../../src/index.ts';
import { aPerson } from '../person.ts';

const knownAs = (person = aPerson()) => ({ hash: hashOf(wantedState(person)), active: true });

describe('decidePerson', () => {
  it('emits an enabled person who is not known', () => {
    const decision = decidePerson(aPerson(), undefined);

    expect(decision).toMatchObject({ kind: 'emit', state: { active: true, userPrincipalName: 'ada@contoso.example' } });
  });

  it('leaves an enabled person alone whose state is known', () => {
    expect(decidePerson(aPerson(), knownAs())).toEqual({ kind: 'unchanged' });
  });

  it('emits a person when any mapped property or the manager changes', () => {
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
        expect(decidePerson(aPerson(change), knownAs()).kind).toBe('emit');
      }),
    );
  });

  it('makes no learner of an account that is disabled', () => {
    expect(decidePerson(aPerson({ accountEnabled: false }), undefined)).toEqual({ kind: 'skip', reason: 'disabled' });
  });

  it('deactivates a learner whose account was read as disabled, with that reading as the proof', () => {
    const decision = decidePerson(aPerson({ accountEnabled: false }), knownAs());

    expect(decision).toMatchObject({ kind: 'emit', state: { active: false, removal: { cause: 'disabled' } } });
  });

  it('does not deactivate twice', () => {
    const first = decidePerson(aPerson({ accountEnabled: false }), knownAs());
    const known = first.kind === 'emit' ? { hash: first.hash, active: false } : undefined;

    expect(decidePerson(aPerson({ accountEnabled: false }), known).kind).not.toBe('emit');
  });

  it('brings a disabled learner back when the account is enabled again', () => {
    const disabled = decidePerson(aPerson({ accountEnabled: false }), knownAs());
    const known = disabled.kind === 'emit' ? { hash: disabled.hash, active: false } : undefined;

    expect(decidePerson(aPerson(), known)).toMatchObject({ kind: 'emit', state: { active: true } });
  });
});
