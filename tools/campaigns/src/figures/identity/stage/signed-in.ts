import type { Agent } from 'node:http';
import { type Browser, createBrowser, exchange } from '@learnamp/testkit';
import type { Company, Person } from './company.ts';

/** Somebody with a session, by its access token alone: a refresh token would bring another. */
export interface SignedIn {
  readonly person: Person;
  readonly cookie: string;
}

const AT_ONCE = 8;

/** Makes so many learners, and gives a browser in which each is signed in. */
export async function browsersOf(company: Company, count: number, agent?: Agent): Promise<Browser[]> {
  const browsers = Array.from({ length: count }, () => createBrowser(agent));
  for (const browser of browsers) await company.signIn(browser, { ...(await company.learner('Learner')) });
  return browsers;
}

/** Makes so many learners and signs each of them in. */
export async function signedIn(company: Company, count: number): Promise<SignedIn[]> {
  const people: SignedIn[] = [];
  const one = async () => {
    const person = await company.learner('Learner');
    const browser = createBrowser();
    await company.signIn(browser, { ...person });
    const token = browser.cookies(new URL(company.home).host).get('__Host-session');
    if (token === undefined) throw new Error(`${person.preferred_username} could not sign in`);
    people.push({ person, cookie: `__Host-session=${token}` });
  };
  while (people.length < count)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - people.length) }, one));
  return people;
}

/** The status of a request by somebody's access token. */
export async function statusOf({ home }: Pick<Company, 'home'>, { cookie }: Pick<SignedIn, 'cookie'>): Promise<number> {
  const { status } = await exchange('GET', `${home}/api/sessions`, { host: new URL(home).host, cookie });
  return status;
}
