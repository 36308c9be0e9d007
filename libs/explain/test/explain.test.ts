import { describe, expect, it } from '@jest/globals';
import type { ConflictDocument } from '@learnamp/learners';
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

  it('is known as the learner who they are', () => {
    const { learner } = facts();

    expect(explain(facts()).learnerId).toBe(learner?._id);
    expect(explain(facts({ learner: null, team: null })).learnerId).toBeNull();
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

describe('somebody who waits in the conflict inbox', () => {
  const someone = aLearner(GRACE);
  const conflict = (more: Partial<ConflictDocument> = {}): ConflictDocument => ({
    ...{ _id: `acme:${ADA}`, organisationId: 'acme', personId: ADA, kind: 'rehire', state: 'waiting' },
    candidates: [{ learnerId: someone._id, by: ['employeeId', 'email'] }],
    ...{ said: said(), since: new Date(0), answer: null },
    ...more,
  });
  const said = (): ConflictDocument['said'] => ({
    ...{ organisationId: 'acme', source: 'microsoft', personId: ADA, version: '0000000001-000000000001' },
    ...{ hash: 'a-hash-of-sixteen', runId: 'run', active: true, userType: 'Member' },
    ...{ userPrincipalName: 'ada@acme.example', fields: aLearner(ADA).fields },
  });
  const emitted = { version: '0000000001-000000000001', hash: 'a-hash-of-sixteen', state: said() };
  const record = { emitted, proposal: null } as unknown as Facts['record'];
  const waiting = { learner: null, team: null, record, candidates: [someone] };

  it('is told whom they are alike, by what, and who has to answer', () => {
    const cause =
      /alike the learner Grace Hopper \(grace@acme\.example\) by employee id and email: .* an Owner or Admin/;
    const more = { ...waiting, conflict: conflict() };

    expect(causes(more, 'users')).toEqual([expect.stringMatching(cause)]);
    expect(causes(more, 'sign-in')).toEqual([expect.stringMatching(cause)]);
    expect(explain(facts(more)).match).toMatch(cause);
  });

  it('or was left out there, is told by whose answer', () => {
    const answer = { commandId: 'command', by: 'lrn_olga', learnerId: null, at: new Date(0) };

    expect(causes({ ...waiting, conflict: conflict({ state: 'ignored', answer }) }, 'users')).toEqual([
      expect.stringMatching(/is left out by the answer of lrn_olga/),
    ]);
  });

  it('is told apart from somebody whose state is only on its way', () => {
    expect(causes({ ...waiting, conflict: null, candidates: [] }, 'users')).toEqual([
      expect.stringContaining('is not applied yet'),
    ]);
  });

  it('and is in no group any more, is told that first', () => {
    const inspection = anInspection({ isMember: false });

    expect(causes({ ...waiting, conflict: conflict(), inspection }, 'users')).toEqual([
      expect.stringContaining('is not in the group Learners'),
    ]);
  });
});

describe('somebody who is a learner by hand', () => {
  const manual = {
    ...{ id: 'list', version: 1, commandId: 'list', active: true, employeeId: null, userPrincipalName: null },
    fields: aLearner(ADA).fields,
  };
  const { sources } = aLearner(ADA);

  it('alone, is said to be linked to nobody, and has no trouble', () => {
    const learner = aLearner(ADA, { sources: { microsoft: null, manual } });

    expect(explain(facts({ personId: null, learner })).match).toMatch(/active by hand, and linked to nobody/);
    expect(causes({ personId: null, learner }, 'users')).toEqual([]);
  });

  it('and by the directory, is said to be so', () => {
    const learner = aLearner(ADA, { sources: { ...sources, manual } });

    expect(explain(facts({ learner })).match).toMatch(new RegExp(`${ADA}, and active by hand as well`));
    expect(causes({ learner })).toEqual([]);
  });

  it('and left the group, is not told that details are behind', () => {
    const microsoft = sources.microsoft && { ...sources.microsoft, active: false };
    const learner = aLearner(ADA, { sources: { microsoft, manual } });
    const read = { ...anInspection(), fields: [{ field: 'jobTitle', value: 'Countess', problem: null }] };

    expect(causes({ learner, inspection: read }, 'details')).toEqual([]);
    expect(causes({ inspection: read }, 'details')).toHaveLength(1);
  });

  it('and was made inactive, is told so', () => {
    const inactive = { ...manual, active: false };
    const learner = aLearner(ADA, { active: false, sources: { microsoft: null, manual: inactive } });

    expect(causes({ personId: null, learner }, 'users')).toEqual([expect.stringContaining('made inactive by hand')]);
  });
});
