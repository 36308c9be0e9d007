import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { storeLearner } from '../fixtures/a-learner.ts';
import { ada, aWorld, createBrowser, OTHER_TENANT_ID, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
const grace = { ...ada, oid: 'a0000000-0000-4000-8000-00000000000b', name: 'Grace Hopper' };

beforeAll(async () => {
  world = await aWorld();
  const { id: organisationId } = world.acme;
  await storeLearner(world.gateway, { organisationId, personId: grace.oid, name: grace.name });
  await world.gateway.roles.grant(organisationId, learnerIdOf(organisationId, 'microsoft', ada.oid), 'Owner');
  owner = createBrowser();
  await world.signIn(owner);
}, 120_000);

afterAll(() => world.stop());

interface Trace {
  readonly checks: readonly { readonly check: string; readonly outcome: string }[];
}

const referenceIn = (body: string) => /Reference: <strong>([^<]+)</.exec(body)?.[1] ?? '';
const traceOf = (reference: string, browser = owner, home = world.home) =>
  browser.get(`${home}/api/sign-in-traces/${reference}`);
const namesOf = ({ checks }: Trace, outcome: string) =>
  checks.filter((step) => step.outcome === outcome).map(({ check }) => check);

async function refused(person: Readonly<Record<string, unknown>>): Promise<string> {
  return referenceIn((await world.signIn(createBrowser(), person)).body);
}

const list = async (browser = owner) => {
  const { body } = await browser.get(`${world.home}/api/sign-in-traces`);
  return (
    JSON.parse(body) as {
      readonly signIns: readonly { reference: string; refusal: string | null; person: string | null }[];
    }
  ).signIns;
};

describe('the list of sign-ins', () => {
  it('has who signed in and that somebody was refused, the newest first', async () => {
    await world.signIn(createBrowser(), grace);
    const reference = await refused({ ...ada, nonce: 'x' });

    const [last, before] = await list();
    expect(last).toMatchObject({ reference, refusal: 'token-refused', person: null });
    expect(before).toMatchObject({ refusal: null, person: 'Grace Hopper' });
    const trace = JSON.parse((await traceOf(before?.reference ?? '')).body) as Trace;
    expect(trace).toMatchObject({ told: null, person: 'Grace Hopper' });
    expect(trace.checks.every(({ outcome }) => outcome === 'passed')).toBe(true);
  });

  it('has none of another organisation', async () => {
    const { id: organisationId } = world.globex;
    await world.gateway.models.signInTraces.create({
      ...{ _id: 'GLBX-0000', organisationId, at: new Date(), check: null, refusal: null, learnerId: null },
      expiresAt: new Date(Date.now() + 60_000),
    });

    expect((await list()).map(({ reference }) => reference)).not.toContain('GLBX-0000');
    expect((await owner.get(`${world.home}/sign-ins/GLBX-0000`)).status).toBe(404);
    expect((await owner.get(`${world.home}/sign-ins?reference=GLBX-0000`)).status).toBe(404);
  });

  it('is for Owners and Admins alone', async () => {
    const learner = createBrowser();
    await world.signIn(learner, grace);

    for (const path of ['/sign-ins', '/api/sign-in-traces']) {
      const statuses = [owner, learner, createBrowser()].map(
        async (browser) => (await browser.get(world.home + path)).status,
      );
      expect(await Promise.all(statuses)).toEqual([200, 403, 401]);
    }
  });
});

describe('the trace of a refused sign-in', () => {
  it('shows the checks in order, and which one refused', async () => {
    const answer = await traceOf(await refused({ ...ada, tid: OTHER_TENANT_ID }));

    const trace = JSON.parse(answer.body) as Trace;
    expect(trace).toMatchObject({ refusal: 'token-refused', microsoftCode: null });
    expect(namesOf(trace, 'refused')).toEqual(['tenantIsTheOrganisations']);
    expect(namesOf(trace, 'passed').at(-1)).toBe('issuerIsTheTenants');
    expect(namesOf(trace, 'not reached')[0]).toBe('tenantIsNotConsumers');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['another nonce', { nonce: 'x' }, 'tokenValid', 'token-refused'],
    ['nobody’s object id', { oid: 'f0000000-0000-4000-8000-00000000000f' }, 'personIsLearner', 'not-a-learner'],
  ])('names the check for %s', async (_name, claims, check, refusal) => {
    const trace = JSON.parse((await traceOf(await refused({ ...ada, ...claims }))).body) as Trace;

    expect(trace).toMatchObject({ refusal });
    expect(namesOf(trace, 'refused')).toEqual([check]);
  });

  it('has Microsoft’s error number, and nothing that Microsoft wrote', async () => {
    const browser = createBrowser();
    const state = new URL(await world.begin(browser)).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ state, error: 'a_scam', error_description: 'AADSTS50105: call 0800-SCAM' });
    const { body } = await world.goBack(browser, `${world.central}/auth/callback?${query.toString()}`);

    const answer = await traceOf(referenceIn(body));

    expect(JSON.parse(answer.body)).toMatchObject({ microsoftCode: 'AADSTS50105', refusal: 'not-assigned' });
    expect(answer.body).not.toMatch(/scam/i);
  });

  it('says nothing of whoever was refused', async () => {
    await refused({ ...ada, nonce: 'x' });
    const stored = JSON.stringify(await world.gateway.models.signInTraces.find({ refusal: { $ne: null } }).lean());

    expect(stored).not.toMatch(/Ada|Lovelace|acme\.example|a0000000/);
  });

  it('is for Owners and Admins of the organisation alone', async () => {
    const reference = await refused({ ...ada, nonce: 'x' });
    const learner = createBrowser();
    await world.signIn(learner, grace);
    const other = createBrowser();
    const elsewhere = { oid: 'c0000000-0000-4000-8000-00000000000c' };
    const { id: organisationId } = world.globex;
    await storeLearner(world.gateway, { organisationId, personId: elsewhere.oid });
    await world.gateway.roles.grant(organisationId, learnerIdOf(organisationId, 'microsoft', elsewhere.oid), 'Owner');
    const started = await other.post(`${world.otherHome}/sign-in/microsoft`);
    await world.goBack(other, world.op.authorize(started.location, elsewhere));

    expect((await traceOf(reference)).status).toBe(200);
    expect((await traceOf(reference, learner)).status).toBe(403);
    expect((await traceOf(reference, createBrowser())).status).toBe(401);
    expect((await traceOf(reference, other, world.otherHome)).status).toBe(404);
  });

  it('is gone after a week', async () => {
    const reference = await refused({ ...ada, nonce: 'x' });
    expect((await traceOf(reference.toLowerCase())).status).toBe(200);

    world.gateway.wait(7 * 86_400 + 1);
    owner = createBrowser();
    await world.signIn(owner);

    expect((await traceOf(reference)).status).toBe(404);
  });
});
