import { randomUUID } from 'node:crypto';
import type { LearnerFields } from '@learnamp/contracts';
import { type LearnerDocument, learnerIdOf, learnerModel } from '@learnamp/learners';
import { createRoles, type Role, roleModel } from '@learnamp/organisations';
import type { Answer, Browser } from '@learnamp/testkit';
import type { Stage } from './stage.ts';

/** Somebody as an ID token names them. */
export interface Person {
  readonly oid: string;
  readonly name: string;
  readonly preferred_username: string;
}

/** An organisation with a tenant and a learner of its own. */
export interface Company {
  readonly id: string;
  readonly subdomain: string;
  readonly tenantId: string;
  readonly home: string;
  readonly person: Person;
  /** Begins a sign-in and gives Microsoft's address. */
  begin(browser: Browser, form?: Readonly<Record<string, string>>): Promise<string>;
  /** The whole way, as `person` unless told otherwise. */
  signIn(browser: Browser, person?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Another learner, with a role. */
  learner(role: Role): Promise<Person>;
}

/** Goes on from an address of the redirect URI to the end of the sign-in, without the last redirect. */
export async function goBack(browser: Browser, callback: string): Promise<Answer> {
  const answer = await browser.get(callback);
  return answer.location === '' ? answer : browser.get(answer.location);
}

/** What a company is made of and lives in. */
export type CompanyGround = Pick<Stage, 'organisations' | 'connection' | 'op' | 'homeOf'>;

export async function aCompany(
  stage: CompanyGround,
  subdomain: string,
  { tenantId, groupId } = { tenantId: randomUUID() as string, groupId: randomUUID() as string },
): Promise<Company> {
  const { id } = await stage.organisations.ensure({ subdomain, name: subdomain, tenantId, groupId });
  const home = stage.homeOf(subdomain);
  const begin: Company['begin'] = async (browser, form) =>
    (await browser.post(`${home}/sign-in/microsoft`, form)).location;
  const learner = (role: Role) => storeLearner(stage, { id, subdomain }, role);
  const person = await learner('Learner');
  return {
    ...{ id, subdomain, tenantId, home, person, begin, learner },
    signIn: async (browser, claims = { ...person }) => {
      const started = await browser.post(`${home}/sign-in/microsoft`);
      if (!started.location.startsWith(stage.op.url)) return started;
      return goBack(browser, stage.op.authorize(started.location, claims));
    },
  };
}

/** Stores a learner as profile-writer does, and their role. */
async function storeLearner(
  { connection }: CompanyGround,
  { id: organisationId, subdomain }: Pick<Company, 'id' | 'subdomain'>,
  role: Role,
): Promise<Person> {
  const oid = randomUUID();
  const number = oid.slice(0, 8);
  const person = { oid, name: `Ada ${number}`, preferred_username: `ada-${number}@${subdomain}.example` };
  const learner = aLearner(organisationId, person);
  await learnerModel(connection).create(learner);
  if (role !== 'Learner') await createRoles(roleModel(connection)).grant(organisationId, learner._id, role);
  return person;
}

/** The fields of a learner of whom the directory says only who they are. */
export function fieldsOf({ name, preferred_username: email }: Person): LearnerFields {
  const [firstName = null, lastName = null] = name.split(' ');
  const rest = { jobTitle: null, department: null, location: null, language: null, hireDate: null };
  return { firstName, lastName, displayName: name, email, ...rest };
}

function aLearner(organisationId: string, person: Person): LearnerDocument {
  const { oid, preferred_username: upn } = person;
  const fields = fieldsOf(person);
  return {
    _id: learnerIdOf(organisationId, 'microsoft', oid),
    organisationId,
    active: true,
    fields,
    sources: {
      microsoft: {
        personId: oid,
        version: '0000000001-000000000001',
        hash: 'a-hash-of-sixteen',
        active: true,
        removal: null,
        userPrincipalName: upn,
        userType: 'Member',
        fields,
        managerId: null,
      },
    },
    manager: null,
    primaryTeamId: null,
    sessionVersion: 1,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
}
