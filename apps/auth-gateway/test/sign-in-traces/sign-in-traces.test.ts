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

  it('says nothing of the person', async () => {
    const stored = JSON.stringify(await world.gateway.models.signInTraces.find().lean());

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
