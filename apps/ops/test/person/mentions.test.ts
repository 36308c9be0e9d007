import { describe, expect, it } from '@jest/globals';
import { isAboutThem, mentionsOf, namesOf, withoutSecrets } from '../../src/person/mentions.ts';

const names = namesOf(new Set(['ada@acme.example', '10000000-0000-4000-8000-000000000001', 'lrn_1']));

describe('namesOf', () => {
  it.each([
    'ada@acme.example',
    'ADA@Acme.example',
    'To: Ada <ada@acme.example>.',
    'acme:microsoft:10000000-0000-4000-8000-000000000001',
    'lrn_1',
  ])('finds them in %j', (text) => expect(names(text)).toBe(true));

  it.each([
    'lada@acme.example',
    'x.ada@acme.example',
    'ada@acme.example.org',
    'adaXacme.example',
    '10000000-0000-4000-8000-0000000000010',
    'lrn_12',
    '',
  ])('does not take %j for them', (text) => expect(names(text)).toBe(false));
});

describe('mentionsOf', () => {
  it('says where, and tells what is about them from what names them among others', () => {
    const learner = { _id: 'lrn_1', sources: { microsoft: { personId: '10000000-0000-4000-8000-000000000001' } } };
    const report = { _id: 'lrn_2', manager: { learnerId: 'lrn_1' } };
    const run = { _id: 'run', skipped: [{ first: [{ userPrincipalName: 'ada@acme.example' }] }] };

    const organisation = { _id: 'acme', firstOwner: 'ada@acme.example' };

    const paths = [learner, report, run, organisation].map((document) => mentionsOf(document, names));

    expect(paths).toEqual([
      ['_id', 'sources.microsoft.personId'],
      ['manager.learnerId'],
      ['skipped.0.first.0.userPrincipalName'],
      ['firstOwner'],
    ]);
    expect(paths.map(isAboutThem)).toEqual([true, false, false, false]);
  });
});

describe('withoutSecrets', () => {
  it('shows nothing that opens a door', () => {
    const value = {
      passwordHash: 'a',
      tenantSealed: 'b',
      clientSecret: 'c',
      refreshToken: 'd',
      name: 'e',
      nested: [{ hash: 'f' }],
    };

    expect(Object.values(withoutSecrets(value) as object).flat()).toEqual([
      ...Array.from({ length: 4 }, () => '(not shown)'),
      ...['e', { hash: '(not shown)' }],
    ]);
  });
});
