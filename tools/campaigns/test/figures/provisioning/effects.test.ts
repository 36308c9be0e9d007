import { describe, expect, it } from '@jest/globals';
import type { InvitationDocument, LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';
import { effectProblems } from '../../../src/figures/provisioning/kills/effects.ts';

const learner = { _id: 'ada', active: true, fields: { jobTitle: 'Pilot' } } as LearnerDocument;

type Change = [field: string, old: string | null, value: string | boolean];

const entry = (
  version: string,
  action: ProvisioningLogDocument['action'],
  ...changes: Change[]
): ProvisioningLogDocument => ({
  ...{ _id: `ada:${version}`, organisationId: 'acme', learnerId: 'ada', personId: 'p', runId: 'r', version, action },
  at: new Date(0),
  changes: changes.map(([field, old, value]) => ({ field, old, new: value })),
  removal: null,
});

const made = entry('1', 'created', ['active', null, true], ['jobTitle', null, 'Clerk']);
const promoted = entry('2', 'updated', ['jobTitle', 'Clerk', 'Pilot']);
const invited = { _id: 'ada', state: 'sent', address: 'ada@example.test', attempt: 1 } as InvitationDocument;

const problems = (
  log: readonly ProvisioningLogDocument[],
  mails: Readonly<Record<string, number>> = { 'ada@example.test': 1 },
  invitations: readonly InvitationDocument[] = [invited],
) => effectProblems({ learners: [learner], log, invitations, mails: new Map(Object.entries(mails)) });

describe('what must happen once', () => {
  it('is well where the log tells one story and one mail came', () => {
    expect(problems([promoted, made])).toEqual([]);
  });

  it.each([
    ['a learner is made twice', [made, entry('2', 'created', ['jobTitle', 'Clerk', 'Pilot'])]],
    ['a change is told twice', [made, promoted, entry('3', 'updated', ['jobTitle', 'Clerk', 'Pilot'])]],
    ['a change is missing', [made]],
  ])('is seen where %s', (_what, log) => {
    expect(problems(log)).not.toEqual([]);
  });

  it.each([
    ['a mail came twice', { 'ada@example.test': 2 }, invited],
    ['a mail came twice by two attempts', { 'ada@example.test': 2 }, { ...invited, attempt: 2 }],
    ['a mail came for nobody', { 'ada@example.test': 1, 'bo@example.test': 1 }, invited],
    ['a mail is said to have come and did not', {}, invited],
    ['an invitation still waits', {}, { ...invited, state: 'queued' as const }],
  ])('is seen where %s', (_what, mails, invitation) => {
    expect(problems([made, promoted], mails, [invitation])).not.toEqual([]);
  });

  it('is well where somebody who returned before they ever came was invited anew, once', () => {
    const [gone, back] = [
      entry('3', 'deactivated', ['active', 'true', false]),
      entry('4', 'reactivated', ['active', 'false', true]),
    ];
    const again = { ...invited, attempt: 2 };
    const mailed = (count: number, invitation: InvitationDocument) =>
      problems([made, promoted, gone, back], { 'ada@example.test': count }, [invitation]).filter((line) =>
        line.includes('mails'),
      );

    expect(mailed(2, again)).toEqual([]);
    expect(mailed(3, { ...invited, attempt: 3 })).toHaveLength(1);
    expect(mailed(2, invited)).toHaveLength(1);
  });

  it('tells nothing of somebody whose first state says that they have left, and is seen where it does', () => {
    const never = { ...learner, active: false, tombstone: true } as LearnerDocument;
    const told = (log: readonly ProvisioningLogDocument[]) =>
      effectProblems({ learners: [never], log, invitations: [], mails: new Map() });

    expect(told([])).toEqual([]);
    expect(told([made])).toHaveLength(1);
  });
});
