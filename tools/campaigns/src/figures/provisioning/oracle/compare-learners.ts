import type {
  LearnerDocument,
  MembershipDocument,
  PhotoDocument,
  ProvisioningLogDocument,
  TeamDocument,
} from '@learnamp/learners';
import type { ExpectedPerson } from './expected-people.ts';
import { logDifferences } from './log-differences.ts';

/** Everything that profile-writer keeps of an organisation's people. */
export interface Kept {
  readonly learners: readonly LearnerDocument[];
  readonly teams: readonly TeamDocument[];
  readonly memberships: readonly MembershipDocument[];
  /** People for whom an administrator has to say whether they are somebody who was here before. */
  readonly waiting: ReadonlySet<string>;
  readonly photos: readonly Pick<PhotoDocument, 'personId' | 'bytes'>[];
  readonly log: readonly ProvisioningLogDocument[];
}

/** Where learners, managers, teams and active flags differ from what is expected, or the log from them, a line each. */
export function differencesOf(kept: Kept, expected: ReadonlyMap<string, ExpectedPerson>): string[] {
  const lines: string[] = [];
  const byPerson = new Map(kept.learners.map((learner) => [learner.sources.microsoft?.personId ?? '', learner]));
  for (const [personId, learner] of byPerson)
    if (learner.active && !expected.has(personId)) lines.push(`${personId} is active and should not be`);
  for (const [personId, person] of expected) {
    const learner = byPerson.get(personId);
    // Who comes by the name of somebody who is gone is asked about, and nobody answers here.
    if (learner?.active !== true && kept.waiting.has(personId)) continue;
    if (!learner?.active) lines.push(`${personId} is not active and should be`);
    else lines.push(...unlike(learner, person, kept, byPerson).map((line) => `${personId} ${line}`));
  }
  return [...lines.sort(), ...logDifferences(kept.learners, kept.log)];
}

function unlike(
  learner: LearnerDocument,
  person: ExpectedPerson,
  kept: Kept,
  byPerson: ReadonlyMap<string, LearnerDocument>,
): string[] {
  const { fields } = learner;
  const manager = person.managerId === null ? undefined : byPerson.get(person.managerId);
  // A tombstone is nobody's manager, and one who never was a learner is waited for.
  const managerLearner = manager && manager.tombstone !== true ? manager._id : null;
  const facts: [string, unknown, unknown][] = [
    ['email', fields.email, person.email],
    ['first name', fields.firstName, person.firstName],
    ['last name', fields.lastName, person.lastName],
    ['display name', fields.displayName, person.displayName],
    ['job title', fields.jobTitle, person.jobTitle],
    ['department', fields.department, person.department],
    ['guest', learner.sources.microsoft?.userType === 'Guest', person.guest],
    ['manager', learner.manager?.personId ?? null, person.managerId],
    ['manager’s learner', learner.manager?.learnerId ?? null, managerLearner],
    ['teams', teamsOf(learner, kept), person.department === null ? '' : teamName(person.department)],
    ['primary team', primaryTeamOf(learner, kept), person.department === null ? null : teamName(person.department)],
    ['tombstone', learner.tombstone ?? false, false],
  ];
  return facts.flatMap(([name, is, should]) =>
    is === should ? [] : [`has ${name} ${JSON.stringify(is)}, not ${JSON.stringify(should)}`],
  );
}

/** The names of a learner's teams; a department's spelling makes no other team. */
function teamsOf(learner: LearnerDocument, { teams, memberships }: Kept): string {
  const own = memberships.filter(({ learnerId }) => learnerId === learner._id).map(({ teamId }) => teamId);
  return own.map((teamId) => teamName(teams.find(({ _id }) => _id === teamId)?.name ?? '(no such team)')).join();
}

function primaryTeamOf({ primaryTeamId }: LearnerDocument, { teams }: Kept): string | null {
  if (primaryTeamId === null) return null;
  return teamName(teams.find(({ _id }) => _id === primaryTeamId)?.name ?? '(no such team)');
}

const teamName = (department: string) => department.trim().split(/\s+/).join(' ').toLowerCase();

/** Where the photos of active learners differ from the directory's, by person. */
export function photoDifferences(
  { photos }: Kept,
  expected: ReadonlyMap<string, unknown>,
  inDirectory: ReadonlyMap<string, Buffer>,
): string[] {
  const bytesOf = new Map(photos.map(({ personId, bytes }) => [personId, bytes]));
  return [...expected.keys()].flatMap((personId) => {
    const [is, should] = [bytesOf.get(personId) ?? null, inDirectory.get(personId) ?? null];
    const same = is === null || should === null ? is === should : is.equals(should);
    return same
      ? []
      : [`${personId} has ${is ? 'a' : 'no'} photo, not ${should ? 'the' : 'none as in the'} directory’s`];
  });
}
