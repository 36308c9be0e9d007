import { describe, expect, it } from '@jest/globals';
import { hashOf, wantedState } from '../../src/index.ts';
import { aPerson, mappedByDefault } from '../person.ts';

const guest = { userType: 'Guest', userPrincipalName: 'ada_home.example#EXT#@contoso.example' };
const stateOf = (said: Parameters<typeof aPerson>[0]) => wantedState(aPerson(said), mappedByDefault(aPerson(said)));
const mailOf = (said: Parameters<typeof aPerson>[0]) => stateOf(said).mail;

describe('the mail address of a wanted state', () => {
  it('is that of a guest, and of a member who comes from another tenant', () => {
    expect(mailOf({ ...guest, mail: ' ada@home.example ' })).toBe('ada@home.example');
    expect(mailOf({ ...guest, userType: 'Member', mail: 'ada@home.example' })).toBe('ada@home.example');
  });

  it('is left out for everybody else, and where there is none that could be one', () => {
    expect(mailOf({ mail: 'ada@contoso.example' })).toBeUndefined();
    expect(mailOf({ ...guest, mail: '  ' })).toBeUndefined();
    expect(mailOf({ ...guest, mail: `${'a'.repeat(320)}@home.example` })).toBeUndefined();
  });

  it('is part of the state of a guest, and changes nothing for a member', () => {
    const hash = (said: Parameters<typeof aPerson>[0]) => hashOf(stateOf(said));

    expect(hash({ ...guest, mail: 'ada@home.example' })).not.toBe(hash({ ...guest, mail: 'ada@work.example' }));
    expect(hash({ mail: 'ada@contoso.example' })).toBe(hash({ mail: null }));
  });
});
