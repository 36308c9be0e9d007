import { randomUUID } from 'node:crypto';
import { learnerIdOf, runModel, teamModel } from '@learnamp/learners';
import { organisationModel } from '@learnamp/organisations';
import { type Browser, createBrowser } from '@learnamp/testkit';
import { aCompany, type Company, type Person } from '../stage/company.ts';
import type { Stage } from '../stage/stage.ts';

/** What there is at an organisation for somebody to ask about. */
export interface Things {
  readonly subdomain: string;
  /** Of a second session of its Owner. */
  readonly sessionId: string;
  /** Of a sign-in that was refused. */
  readonly reference: string;
  readonly learnerId: string;
  readonly importId: string;
  readonly teamId: string;
  readonly runId: string;
  /** Of a token. */
  readonly tokenId: string;
  readonly personId: string;
  readonly email: string;
}

/** An organisation and the people who come to it. */
export interface Place {
  readonly company: Company;
  readonly owner: Caller;
  readonly learner: Caller;
  /** Cookies of a session that has ended. */
  readonly stale: ReadonlyMap<string, string>;
  /** Of the Owner. */
  readonly tokens: Tokens;
  /** Things as they are now; what a request may end is new each time. */
  readonly things: () => Promise<Things>;
  /** Signs somebody in, and answers with how to see whether that session still goes on. Its own people may end it. */
  readonly bystander: () => Promise<() => Promise<boolean>>;
  /** Words that nobody sees who isn't signed in here. */
  readonly secrets: readonly string[];
}

/** Tokens by scope: for that alone, and for all but that. That for all but '' is for everything. */
export interface Tokens {
  readonly exactly: ReadonlyMap<string, string>;
  readonly without: ReadonlyMap<string, string>;
}

/** Somebody who signs in again whenever their session has gone. */
export interface Caller {
  cookies(): Promise<ReadonlyMap<string, string>>;
}

export async function aPlace(stage: Stage, subdomain: string): Promise<Place> {
  const company = await aCompany(stage, subdomain);
  const owner = await company.learner('Owner');
  const reference = await refusedSignIn(company);
  const { person } = company;
  const [first, second] = [await signedIn(company, owner), aCaller(company, owner)];
  const organisations = organisationModel(stage.connection);
  // As at an organisation from before there were passwords.
  await organisations.updateOne({ _id: company.id }, { 'passwords.enabled': false });
  const asTheyWere = await organisations.findById(company.id).lean().orFail();
  const about = {
    ...{ subdomain, reference, personId: person.oid, email: person.preferred_username },
    learnerId: learnerIdOf(company.id, 'microsoft', person.oid),
    importId: await anImport(company, first),
    teamId: await aTeam(stage, company.id),
    runId: await aRun(stage, company.id),
  };
  return {
    company,
    owner: aCaller(company, owner),
    learner: aCaller(company, person),
    stale: await staleCookies(company, owner),
    bystander: async () => {
      const browser = await signedIn(company, owner);
      return async () => (await browser.get(`${company.home}/api/sessions`)).status === 200;
    },
    tokens: await tokensOf(company, first),
    things: async () => {
      // Whoever disconnects the tenant gets it back.
      await organisations.replaceOne({ _id: company.id }, asTheyWere);
      return {
        ...about,
        sessionId: sidIn(await second.cookies()),
        tokenId: await aTokenId(stage, company.id),
      };
    },
    secrets: [owner, person].flatMap(({ name, preferred_username }) => [name, preferred_username]),
  };
}

const cookiesOf = (browser: Browser, { home }: Company) => browser.cookies(new URL(home).host);

function aCaller(company: Company, person: Person): Caller {
  let browser: Browser | undefined;
  return {
    cookies: async () => {
      const isGood = browser && (await browser.get(`${company.home}/api/sessions`)).status === 200;
      if (!browser || !isGood) browser = await signedIn(company, person);
      return new Map(cookiesOf(browser, company));
    },
  };
}

async function signedIn(company: Company, person: Person): Promise<Browser> {
  const browser = createBrowser();
  await company.signIn(browser, { ...person });
  return browser;
}

async function staleCookies(company: Company, owner: Person): Promise<ReadonlyMap<string, string>> {
  const browser = await signedIn(company, owner);
  const kept = new Map(cookiesOf(browser, company));
  await browser.post(`${company.home}/sign-out`);
  return kept;
}

function sidIn(cookies: ReadonlyMap<string, string>): string {
  const [, claims = ''] = (cookies.get('__Host-session') ?? '').split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { readonly sid: string }).sid;
}

const scopes = ['provisioning:read', 'provisioning:sync', 'provisioning:decide', 'people:read', 'people:write'].concat([
  'settings:read',
  'settings:write',
  'sign-ins:read',
]);

async function tokensOf({ home }: Company, owner: Browser): Promise<Tokens> {
  const make = async (some: readonly string[]) => {
    const { status, body } = await owner.postJson(`${home}/api/tokens`, { name: 'A program', scopes: some });
    if (status !== 201) throw new Error(`no token at ${home}: ${status} ${body}`);
    return (JSON.parse(body) as { readonly token: string }).token;
  };
  const [exactly, without] = [new Map<string, string>(), new Map<string, string>()];
  for (const scope of scopes) exactly.set(scope, await make([scope]));
  for (const scope of [...scopes, '']) without.set(scope, await make(scopes.filter((other) => other !== scope)));
  return { exactly, without };
}

/** A token of which only the id is known. */
async function aTokenId({ connection }: Stage, organisationId: string): Promise<string> {
  const [id, at] = [randomUUID(), new Date(Date.now())];
  const terms = { name: 'A program', scopes: ['settings:read'], expiresAt: new Date(at.getTime() + 86_400_000) };
  const maker = { learnerId: 'nobody', sessionVersion: 1, createdAt: at, lastUsedAt: null };
  const tokens = connection.collection<Readonly<Record<string, unknown>> & { readonly _id: string }>('apiTokens');
  await tokens.insertOne({ _id: id, organisationId, hash: id, ...terms, ...maker });
  return id;
}

async function aTeam({ connection }: Stage, organisationId: string): Promise<string> {
  const _id = randomUUID();
  await teamModel(connection).create({ _id, organisationId, name: 'A team', origin: 'manual', parentId: null });
  return _id;
}

/** Of one that has changed nothing. */
async function aRun({ connection }: Stage, organisationId: string): Promise<string> {
  const [_id, at] = [randomUUID(), new Date(Date.now())];
  await runModel(connection).create({
    ...{ _id, organisationId, version: '0000000001-000000000002', mode: 'full', stage: 'finished', trigger: 'request' },
    ...{ requestIds: [], startedAt: at, finishedAt: at, progress: { step: 'done', done: 0, total: 0 } },
    counts: { members: 0, emitted: 0, unchanged: 0, skipped: 0, graphRequests: 0 },
    applied: { created: 0, updated: 0, unchanged: 0, deactivated: 0 },
    ...{ totals: null, managerCycles: [], photos: null, problem: null },
  });
  return _id;
}

async function anImport({ home }: Company, owner: Browser): Promise<string> {
  const { body } = await owner.postFile(
    `${home}/api/imports`,
    Buffer.from('Email;First name\nsomebody@people.example;Some'),
  );
  return (JSON.parse(body) as { readonly id: string }).id;
}

async function refusedSignIn(company: Company): Promise<string> {
  const { body } = await company.signIn(createBrowser(), { ...company.person, oid: randomUUID() });
  return /Reference: <strong>([^<]+)</.exec(body)?.[1] ?? '';
}
