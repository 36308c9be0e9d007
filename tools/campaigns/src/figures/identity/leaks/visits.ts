import { type Answer, type Browser, createBrowser, exchange } from '@learnamp/testkit';
import { learnerIdOf } from '@learnamp/learners';
import { createRoles, roleModel } from '@learnamp/organisations';
import type { Canaries } from './canaries.ts';
import { type LetOut, letOutBy } from './look.ts';
import type { RunningSystem } from './running-system.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Plays everybody who comes to auth-gateway, and keeps what it lets out. */
export class Visits {
  readonly letOut: LetOut[] = [];
  /** Pages that were answered well, joined: where canaries belong. */
  pages = '';
  readonly #system: RunningSystem;
  readonly #canaries: Canaries;
  readonly #people: readonly Claims[];

  /** @param people Of the directory, as ID tokens name them: four at least. */
  constructor(system: RunningSystem, canaries: Canaries, people: readonly Claims[]) {
    this.#people = people;
    this.#system = system;
    this.#canaries = canaries;
    // By the tenant: the provider serves other rows as well.
    system.stage.op.recipes.set(canaries.tenantId, {
      tokens: (answer) => {
        canaries.add('an ID token', String(answer['id_token']));
        return { ...answer, access_token: canaries.accessToken };
      },
    });
  }

  async bySingleSignOn(): Promise<void> {
    const { company, stage } = this.#system;
    const { tenantId, description, typed } = this.#canaries;
    const somebody = this.#claimsOf(0);
    const browser = createBrowser();
    await this.#signIn(browser, somebody);
    this.#keepCookies(browser);
    await this.#note('a home page', browser.get(`${company.home}/?from=${typed}`));
    await this.#note('the list of sessions', browser.get(`${company.home}/api/sessions`));
    await this.#note('a page for administrators', browser.get(`${company.home}/settings`));
    // Whoever chose the wrong account is told which one it was.
    const stranger = { oid: crypto.randomUUID(), name: `Eve ${typed}`, preferred_username: `${typed}@evil.example` };
    await this.#signIn(createBrowser(), stranger);
    await this.#answerWith({ error: 'access_denied', error_description: description });
    await this.#answerWith({ error: description, error_description: 'AADSTS65004' });
    await this.#answerWith({ code: `${description}-code` });
    const recipe = stage.op.recipes.get(tenantId) ?? {};
    stage.op.recipes.set(tenantId, { ...recipe, token: (response) => response.end(`<p>${description}</p>`) });
    await this.#signIn(createBrowser(), somebody);
    stage.op.recipes.set(tenantId, recipe);
    await this.#note(
      'a callback of nobody',
      exchangeWith(`${stage.central}/auth/callback?code=${typed}&state=${typed}`),
    );
  }

  async byPassword(invitation: string): Promise<void> {
    const { company } = this.#system;
    const { password, wrongPassword, typed } = this.#canaries;
    const browser = createBrowser();
    await this.#note('an invitation', browser.get(invitation));
    const tooShort = { password: typed.slice(0, 5), again: typed };
    // The form says whose password it is, to whoever came by their link.
    await this.#note('a password too short', browser.post(`${company.home}/invitation/password`, tooShort), ['person']);
    await this.#note(
      'a first password',
      browser.post(`${company.home}/invitation/password`, { password, again: password }),
    );
    this.#keepCookies(browser);
    await this.#note('an invitation that is used up', createBrowser().get(invitation));
    const email = String(this.#claimsOf(1)['preferred_username']);
    const signIn = (form: Readonly<Record<string, string>>) =>
      this.#note('signing in with a password', createBrowser().post(`${company.home}/sign-in/password`, form));
    await signIn({ email, password });
    // Whoever typed an address may see it again; here it is somebody's.
    await signIn({ email: `${typed}@nobody.example`, password: wrongPassword });
    await this.#note(
      'asking for a new password',
      createBrowser().post(`${company.home}/password/forgotten`, { email }),
    );
  }

  /** What comes from people who mistype, and from those who try what happens. */
  async byMistake(): Promise<void> {
    const { company, stage } = this.#system;
    const { typed, person, password } = this.#canaries;
    const { home } = company;
    const browser = createBrowser();
    await this.#signIn(browser, await this.#owner());
    await this.#note('an address that is not there', browser.get(`${home}/${typed}?email=${typed}`));
    await this.#note('an address that is no address', browser.get(`${home}/%E0%A4%A?${typed}`));
    const json = { 'content-type': 'application/json' };
    await this.#note('a body that is no JSON', browser.post(`${home}/api/sync-runs`, { [typed]: password }, json));
    await this.#note(
      'a body of another shape',
      browser.postJson(`${home}/api/sync-runs`, { mode: typed, [person]: 1 }),
    );
    await this.#note(
      'a body of another type',
      browser.post(`${home}/api/sync-runs`, {}, { 'content-type': `x/${typed}` }),
    );
    await this.#note('a cookie of ours that is none', exchangeWith(`${home}/`, { cookie: `__Host-session=${typed}` }));
    await this.#note('a home of nobody', exchangeWith(`${stage.central}/`, { host: `${typed}.example` }));
    const list = `Email;First name\r\n${typed};"${typed}\r\n${typed}@people.example;${'x'.repeat(300)}\r\n`;
    await this.#note('a list with bad rows', browser.postFile(`${home}/api/imports`, Buffer.from(list)));
    await this.#note('probes', exchangeWith(`${stage.central}/health/ready`));
    await this.#note('metrics', exchangeWith(`${stage.central}/metrics`));
  }

  /** Somebody asks while Kafka is away. */
  async withoutKafka(): Promise<void> {
    const email = String(this.#claimsOf(2)['preferred_username']);
    const form = { email };
    const asked = createBrowser().post(`${this.#system.company.home}/password/forgotten`, form);
    await this.#note('asking for a new password without Kafka', asked);
  }

  async #signIn(browser: Browser, person: Claims): Promise<void> {
    const { company, stage } = this.#system;
    const started = await this.#note('the start of a sign-in', browser.post(`${company.home}/sign-in/microsoft`));
    const callback = stage.op.authorize(started.location, { ...person });
    this.#canaries.add('a code of Microsoft’s', new URL(callback).searchParams.get('code') ?? undefined);
    await this.#comeBack(browser, callback);
  }

  /** Comes back from Microsoft with something else than was asked for. */
  async #answerWith(answer: Readonly<Record<string, string>>): Promise<void> {
    const browser = createBrowser();
    const { location } = await browser.post(`${this.#system.company.home}/sign-in/microsoft`);
    const asked = new URL(location).searchParams;
    const query = new URLSearchParams({ ...answer, state: asked.get('state') ?? '' });
    await this.#comeBack(browser, `${asked.get('redirect_uri') ?? ''}?${query.toString()}`);
  }

  async #comeBack(browser: Browser, callback: string): Promise<void> {
    const { location } = await this.#note('a callback', browser.get(callback));
    if (location !== '') await this.#note('the end of a sign-in', browser.get(location));
  }

  #claimsOf(number: number): Claims {
    return this.#people[number] ?? {};
  }

  async #owner(): Promise<Claims> {
    const { company, stage } = this.#system;
    const claims = this.#claimsOf(3);
    const learnerId = learnerIdOf(company.id, 'microsoft', String(claims['oid']));
    await createRoles(roleModel(stage.connection)).grant(company.id, learnerId, 'Owner');
    return claims;
  }

  #keepCookies(browser: Browser): void {
    const cookies = browser.cookies(new URL(this.#system.company.home).host);
    for (const [name, value] of cookies) this.#canaries.add(`the cookie ${name}`, value);
  }

  /** @param may What the page may say to whoever asks. */
  async #note(request: string, asked: Promise<Answer>, may: readonly string[] = []): Promise<Answer> {
    const answer = await asked;
    this.letOut.push(...letOutBy(request, answer, may));
    if (answer.status < 400) this.pages += answer.body;
    return answer;
  }
}

const exchangeWith = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  exchange('GET', url, { host: new URL(url).host, ...headers });
