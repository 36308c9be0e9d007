import { describe, expect, it } from '@jest/globals';
import { encodeEvent, formatVersion, userState } from '@learnamp/contracts';
import {
  CUSTOM_FIELD_LENGTH,
  type DirectoryPerson,
  type Evaluated,
  fieldLengths,
  hashOf,
  type MappingRule,
  wantedState,
} from '@learnamp/directory';
import { mapPeople, type UnreadableFields } from '../../src/mapping/map-people.ts';
import { user } from '../support/company.ts';

const rule = (field: string, from: string): MappingRule => ({ field, from, apply: 'always', onEmpty: 'clear' });
const aPerson = (n: number, properties: Record<string, unknown>): DirectoryPerson => ({
  id: user(n),
  accountEnabled: true,
  userPrincipalName: 'ada@contoso.example',
  properties: { userPrincipalName: 'ada@contoso.example', ...properties },
  managerId: null,
});

const upper = (_expression: string, people: readonly DirectoryPerson[]) =>
  Promise.resolve(
    people.map(({ properties: { city } }): Evaluated =>
      typeof city === 'string' ? { kind: 'value', value: city.toUpperCase() } : { kind: 'failed', reason: 'no city' },
    ),
  );

describe('mapPeople', () => {
  it('asks once for each expression and notes which fields could not be read of how many', async () => {
    const asked: string[] = [];
    const evaluate = (expression: string, people: readonly DirectoryPerson[]) => {
      asked.push(expression);
      return upper(expression, people);
    };
    const rules = [rule('jobTitle', '$uppercase(city)'), rule('location', '$uppercase(city)'), rule('email', 'city')];
    const unreadableFields: UnreadableFields = new Map();
    const deps = { mapping: { rules, customFields: [] }, expressions: { evaluate } };
    const people = [aPerson(1, { city: 'Leeds' }), aPerson(2, { city: 7 }), aPerson(3, { city: false })];

    const mapped = await mapPeople(deps, { unreadableFields }, people);

    expect(asked).toEqual(['$uppercase(city)']);
    expect(mapped.map(({ person, fields }) => [person.id, fields.jobTitle])).toEqual([
      [user(1), 'LEEDS'],
      [user(2), null],
      [user(3), null],
    ]);
    expect([...unreadableFields]).toEqual([
      ['email', { people: 3, problem: 'the value is no email address' }],
      ['jobTitle', { people: 2, problem: 'no city' }],
      ['location', { people: 2, problem: 'no city' }],
    ]);
  });

  // A hire date has the length of a day, whatever it is cut from.
  const lengths = Object.entries(fieldLengths).filter(([field]) => field !== 'hireDate');
  it.each([...lengths, ['customFields.note', CUSTOM_FIELD_LENGTH] as const])(
    'makes of %s what an event can carry: %d characters and no more',
    async (field, length) => {
      const text = (count: number) => (field === 'email' ? `${'x'.repeat(count - 2)}@y` : 'x'.repeat(count));
      const mapping = { rules: [rule(field, 'city')], customFields: [] };
      const people = [aPerson(1, { city: text(length) }), aPerson(2, { city: text(length + 1) })];

      const mapped = await mapPeople(
        { mapping, expressions: { evaluate: upper } },
        { unreadableFields: new Map() },
        people,
      );

      expect(mapped.map(({ fieldRules }) => fieldRules.unreadable)).toEqual([[], [field]]);
      for (const { person, ...fields } of mapped) {
        const state = wantedState(person, fields);
        const about = { organisationId: 'acme', source: 'microsoft', runId: 'r', hash: hashOf(state) } as const;
        const event = { ...about, version: formatVersion({ epoch: 1, sequence: 1 }), ...state };
        const context = { organisationId: 'acme', key: 'k', source: 'a-test', time: new Date(0) };
        expect(() => encodeEvent(userState, event, context)).not.toThrow();
      }
    },
  );
});
