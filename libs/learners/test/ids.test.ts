import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { departmentTeamId, learnerIdOf, membershipId } from '../src/index.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

describe('learnerIdOf', () => {
  it('is one for a person of an organisation, in whatever case the id is written', () => {
    fc.assert(
      fc.property(name, fc.uuid(), (organisationId, personId) => {
        const id = learnerIdOf(organisationId, 'microsoft', personId);

        expect(id).toMatch(/^lrn_[0-9a-f]{32}$/u);
        expect(learnerIdOf(organisationId, 'microsoft', personId.toUpperCase())).toBe(id);
      }),
    );
  });

  it('differs between people and between organisations', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 2 }), ([one = '', other = '']) => {
        const ids = ['acme', 'globex'].flatMap((organisationId) =>
          [one, other].map((personId) => learnerIdOf(organisationId, 'microsoft', personId)),
        );

        expect(new Set(ids).size).toBe(4);
      }),
    );
  });

  it('stays what it is, because memberships and photos are stored under it', () => {
    const id = learnerIdOf('acme', 'microsoft', '00000000-0000-4000-8000-000000000001');

    expect(id).toBe('lrn_22fd174be86a0eb33fbf8ad2069dceee');
  });
});

describe('departmentTeamId', () => {
  it.each([' engines ', 'Engines', 'ENGINES'])('takes %j for the department engines', (spelling) => {
    expect(departmentTeamId('acme', spelling)).toBe(departmentTeamId('acme', 'engines'));
  });

  it('takes accents for the same however they are composed, and never leaves them out', () => {
    expect(departmentTeamId('acme', 'Qualita\u0308t')).toBe(departmentTeamId('acme', 'Qualit\u00e4t'));
    expect(departmentTeamId('acme', 'Qualität')).not.toBe(departmentTeamId('acme', 'Qualitat'));
  });

  it('is one however the words are spaced', () => {
    const words = fc.array(fc.stringMatching(/^[A-Za-z]{1,8}$/u), { minLength: 1, maxLength: 4 });
    const space = fc.constantFrom(' ', '  ', '\t', '\u00a0');

    fc.assert(
      fc.property(words, space, (parts, between) => {
        expect(departmentTeamId('acme', parts.join(between))).toBe(departmentTeamId('acme', parts.join(' ')));
      }),
    );
  });

  it('differs between departments and between organisations', () => {
    const ids = ['acme', 'globex'].flatMap((id) => ['Engines', 'Looms'].map((team) => departmentTeamId(id, team)));

    expect(new Set(ids).size).toBe(4);
  });
});

describe('membershipId', () => {
  it('tells memberships by hand from those by department', () => {
    const place = { learnerId: 'lrn_1', teamId: 'tm_1' };

    expect(membershipId({ ...place, origin: 'manual' })).not.toBe(membershipId({ ...place, origin: 'department' }));
  });
});
