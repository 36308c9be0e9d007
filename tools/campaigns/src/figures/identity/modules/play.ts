import { randomUUID } from 'node:crypto';
import { type Browser, createBrowser } from '@learnamp/testkit';
import { aCompany, type Company } from '../stage/company.ts';
import type { Stage } from '../stage/stage.ts';
import type { PlayedModule, Scene } from './module.ts';
import { watched, type WatchedBrowser } from './watched-browser.ts';

/** What came of a module. */
export interface Verdict {
  readonly name: string;
  readonly expected: PlayedModule['outcome'];
  /** What is not as expected; empty when all is. */
  readonly wrong: readonly string[];
}

/** Plays a module at organisations that nothing else uses, and looks at what is left in every browser. */
export async function play(stage: Stage, module: PlayedModule): Promise<Verdict> {
  const [company, other] = await Promise.all([aCompany(stage, anySubdomain()), aCompany(stage, anySubdomain())]);
  const browsers: WatchedBrowser[] = [];
  const browser = (): Browser => {
    const made = watched(createBrowser());
    browsers.push(made);
    return made;
  };
  const before = stage.op.claimsRequests;
  const spoil: Scene['spoil'] = (recipe) => void stage.op.recipes.set(company.tenantId, recipe);
  const failure = await failureOf(module.play({ stage, company, other, browser, spoil }));
  const isLeft = module.outcome === 'refused' && browsers.some((one) => hasSession(one, [company, other]));
  const signedIn = isLeft || (await anybodySignedIn(browsers, [company, other]));
  const wrong = [
    ...failure,
    ...(signedIn === (module.outcome === 'accepted')
      ? []
      : [signedIn ? 'somebody is signed in' : 'nobody is signed in']),
    ...browsers.flatMap(({ complaints }) => complaints),
    ...(stage.op.claimsRequests === before ? [] : ['userinfo was asked']),
  ];
  return { name: module.name, expected: module.outcome, wrong };
}

const hasSession = (browser: Browser, companies: readonly Company[]) =>
  companies.some(({ home }) => {
    const cookies = browser.cookies(new URL(home).host);
    return cookies.has('__Host-session') || cookies.has('__Host-refresh');
  });

const anySubdomain = () => `o${randomUUID().slice(0, 13)}`;

async function failureOf(playing: Promise<unknown>): Promise<string[]> {
  try {
    await playing;
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** By the cookies, and by what the home page says to them. */
async function anybodySignedIn(browsers: readonly Browser[], companies: readonly Company[]): Promise<boolean> {
  const found = browsers.flatMap((browser) => companies.map(async (company) => isSignedIn(browser, company)));
  return (await Promise.all(found)).includes(true);
}

/** Cookies may be there of a session that has ended: asking takes them away, or the session goes on. */
async function isSignedIn(browser: Browser, { home, person }: Company): Promise<boolean> {
  const { body } = await browser.get(`${home}/`);
  return body.includes(person.name) || browser.cookies(new URL(home).host).has('__Host-session');
}
