import { describe, expect, it } from '@jest/globals';
import { explain, explanationLines, type Facts } from '../src/index.ts';
import { ADA, aLearner, anInspection, facts, GRACE, NESTED, organisation, ROOT } from './a-person.ts';

const causes = (more: Partial<Facts>, about?: string) =>
  explain(facts(more))
    .troubles.filter((trouble) => about === undefined || trouble.about === about)
    .map(({ cause }) => cause);

describe('somebody with whom all is well', () => {
  it('has no trouble, by what is stored and by a fresh reading', () => {
    expect(causes({})).toEqual([]);
    expect(causes({ inspection: anInspection() })).toEqual([]);
  });

  it('is explained by the way they came, how they are linked, and when they are looked at next', () => {
    const explanation = explain(facts());

    expect(explanation).toMatchObject({
      name: 'Ada Lovelace (ada@acme.example)',
      path: [
        { id: ROOT, name: 'Learners' },
        { id: NESTED, name: 'Engineers' },
      ],
      active: true,
      canSignIn: true,
      // What is over already is due now.
      nextChance: { changes: new Date('2026-11-23T10:05:00Z'), full: new Date('2026-11-23T10:00:00Z') },
    });
    expect(explanation.match).toContain(ADA);
    expect(explanationLines(explanation)).toContainEqual(['path', 'Learners → Engineers']);
  });

  it('is not blamed for what is empty in Entra: the field says it', () => {
    const { fields, troubles } = explain(facts());

    expect(fields).toContainEqual({
      field: 'location',
      from: 'officeLocation',
      value: null,
      note: 'officeLocation is empty in Entra',
    });
    expect(troubles).toEqual([]);
  });
});

describe('somebody who is no learner', () => {
  const nobody = { learner: null, team: null } as const;

  it.each([
    [{ isMember: false }, /Ada Lovelace .* is not in the group Learners .*; they are in Engineers/],
    [{ accountEnabled: false }, /the account of Ada Lovelace .* is disabled in Entra/],
    [{}, /is in the group, and no run has read them yet/],
  ])('is told why, by a reading of %j, and so is why they can not sign in', (person, cause) => {
    const inspection = anInspection(person);

    expect(causes({ ...nobody, inspection }, 'users')).toEqual([expect.stringMatching(cause)]);
    expect(causes({ ...nobody, inspection }, 'sign-in')).toEqual([expect.stringMatching(cause)]);
  });

  it('and not in the directory either, is named as it was asked', () => {
    const inspection = { ...anInspection(), person: null };

    expect(causes({ ...nobody, personId: null, inspection }, 'users')).toEqual([
      'there is nobody "ada@acme.example" in the directory',
    ]);
  });

  it('because new learners are not made, is told the setting', () => {
    const settings = organisation({ create: false });

    expect(causes({ ...nobody, organisation: settings, inspection: anInspection() }, 'users')).toEqual([
      expect.stringContaining('the setting create is off'),
    ]);
  });

  it('is distinguished from a learner of the same name', () => {
    const namesake = aLearner(GRACE);

    expect(causes({ ...nobody, namesake, inspection: anInspection() }, 'sign-in')[0]).toMatch(
      new RegExp(`${ADA}.*Grace Hopper.*${GRACE}`),
    );
  });
});

describe('somebody who was deactivated', () => {
  it.each(['left', 'deleted', 'disabled'] as const)('because they %s, is told so with the proof', (cause) => {
    const { sources } = aLearner(ADA);
    const source = sources.microsoft && {
      ...sources.microsoft,
      active: false,
      removal: { cause, proof: 'it was read' },
    };
    const learner = aLearner(ADA, { active: false, sources: { microsoft: source } });

    const [said] = causes({ learner }, 'users');

    expect(said).toMatch(/Ada Lovelace/);
    expect(said).toContain('it was read');
    expect(explain(facts({ learner })).canSignIn).toBe(false);
  });
});

describe('a manager', () => {
  const learner = aLearner(ADA, { manager: { personId: GRACE, learnerId: null } });
  const read = (more: object) => ({
    ...anInspection(),
    manager: {
      id: GRACE,
      displayName: 'Grace Hopper',
      userPrincipalName: 'grace@acme.example',
      accountEnabled: true,
      isMember: true,
      ...more,
    },
  });

  it.each([
    [{ isMember: false }, /Grace Hopper .* is not in the group Learners/],
    [{ accountEnabled: false }, /Grace Hopper .* has a disabled account/],
    [{}, /Grace Hopper .* is no learner, and is linked as soon as they are/],
  ])('who is read as %j is the cause', (more, cause) => {
    expect(causes({ learner, inspection: read(more) }, 'managers')).toEqual([expect.stringMatching(cause)]);
  });

  it('who is linked is named', () => {
    const linked = { ...learner, manager: { personId: GRACE, learnerId: 'lrn_grace' } };

    expect(explain(facts({ learner: linked, manager: aLearner(GRACE) })).manager).toContain('Grace Hopper');
    expect(causes({ learner: linked, manager: aLearner(GRACE) })).toEqual([]);
  });
});
