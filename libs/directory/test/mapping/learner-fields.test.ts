import { describe, expect, it } from '@jest/globals';
import { mapFields } from '../../src/index.ts';
import { aPerson } from '../person.ts';

describe('mapFields', () => {
  it('maps each property to the learner field of the default mapping', () => {
    expect(mapFields(aPerson())).toEqual({
      firstName: 'Ada',
      lastName: 'Lovelace',
      displayName: 'Ada Lovelace',
      email: 'ada@contoso.example',
      jobTitle: 'Analyst',
      department: 'Engines',
      location: 'London',
      language: 'en-GB',
      hireDate: '2020-01-02',
    });
  });

  it('takes blank, null and absent values for none', () => {
    const bare = { id: aPerson().id, accountEnabled: true, userPrincipalName: 'ada@contoso.example', managerId: null };

    const fields = mapFields({ ...bare, department: '  ', surname: null });

    expect([fields.jobTitle, fields.department, fields.lastName]).toEqual([null, null, null]);
  });

  it('keeps accents and long names as they are, without the white space around them', () => {
    const displayName = `Zoë ${'Ó'.repeat(200)}`;

    expect(mapFields(aPerson({ displayName: ` ${displayName} ` })).displayName).toBe(displayName);
  });
});
