import { describe, expect, it } from '@jest/globals';
import { aPerson, mappedByDefault } from '../person.ts';

describe('the default mapping', () => {
  it('maps each property to its learner field, and says nothing besides', () => {
    expect(mappedByDefault(aPerson())).toEqual({
      fields: {
        firstName: 'Ada',
        lastName: 'Lovelace',
        displayName: 'Ada Lovelace',
        email: 'ada@contoso.example',
        jobTitle: 'Analyst',
        department: 'Engines',
        location: 'London',
        language: 'en-GB',
        hireDate: '2020-01-02',
      },
      customFields: {},
      fieldRules: { createOnly: [], keptWhenEmpty: [], unreadable: [] },
      problems: [],
    });
  });

  it('takes blank, null and absent values for none', () => {
    const { fields } = mappedByDefault(aPerson({ department: '  ', surname: null, jobTitle: undefined }));

    expect([fields.jobTitle, fields.department, fields.lastName]).toEqual([null, null, null]);
  });

  it('keeps accents and long names as they are, without the white space around them', () => {
    const displayName = `Zoë ${'Ó'.repeat(200)}`;

    expect(mappedByDefault(aPerson({ displayName: ` ${displayName} ` })).fields.displayName).toBe(displayName);
  });
});
