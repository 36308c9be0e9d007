import { randomUUID } from 'node:crypto';
import { learnerModel } from '@learnamp/learners';
import { KID } from '@learnamp/testkit';
import { goBack } from '../stage/company.ts';
import { answered, type Module, played, type Scene, spoilt } from './module.ts';
import {
  ahead,
  byEmbeddedKey,
  byHugeKey,
  byPublicKeyAsSecret,
  claims,
  hundredKeys,
  signedBy,
  withUnknownCrit,
} from './recipes.ts';

const claim = (name: string, value: (scene: Scene) => unknown) => (scene: Scene) =>
  claims((all) => ({ ...all, [name]: value(scene) }));

const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';

const as = (name: string, change: (scene: Scene) => Readonly<Record<string, unknown>>) =>
  played(name, 'refused', (scene) =>
    scene.company.signIn(scene.browser(), { ...scene.company.person, ...change(scene) }),
  );

/** Tokens that Microsoft signs for somebody, and that are not for this organisation. */
const tenants: readonly Module[] = [
  spoilt(
    'tid of another organisation’s tenant',
    'refused',
    claim('tid', ({ other }) => other.tenantId),
  ),
  spoilt(
    'tid of an unknown tenant',
    'refused',
    claim('tid', () => randomUUID()),
  ),
  spoilt(
    'tid and iss disagree',
    'refused',
    claim('iss', ({ stage, other }) => stage.op.issuerOf(other.tenantId)),
  ),
  spoilt(
    'literal {tenantid} in iss',
    'refused',
    claim('iss', ({ stage }) => `${stage.op.url}/{tenantid}/v2.0`),
  ),
  spoilt(
    'tid is no GUID',
    'refused',
    claim('tid', () => 'acme.example'),
  ),
  spoilt(
    'tid of personal accounts',
    'refused',
    claim('tid', () => CONSUMERS),
  ),
  spoilt(
    'issuer of version 1',
    'refused',
    claim('iss', ({ company }) => `https://sts.windows.net/${company.tenantId}/`),
  ),
  spoilt('key whose issuer is another tenant', 'refused', ({ stage, other }) => ({
    keys: (keys) => keys.map((key) => ({ ...key, issuer: stage.op.issuerOf(other.tenantId) })),
  })),
  played('issuer swapped between two organisations (mix-up)', 'refused', async (scene) => {
    const { stage, company, other } = scene;
    const browser = scene.browser();
    const elsewhere = new URL(await company.begin(browser));
    elsewhere.pathname = elsewhere.pathname.replace(company.tenantId, other.tenantId);
    await goBack(browser, stage.op.authorize(elsewhere.href, { ...company.person }));
  }),
];

const people: readonly Module[] = [
  as('right address, another oid (nOAuth)', () => ({ oid: randomUUID() })),
  as('right oid, another tid', ({ other }) => ({ tid: other.tenantId })),
  played('oid of a deactivated learner', 'refused', async ({ stage, company, browser }) => {
    const learner = { 'sources.microsoft.personId': company.person.oid };
    await learnerModel(stage.connection).updateOne(learner, { $set: { active: false } });
    await company.signIn(browser());
  }),
  as('oid of nobody who was synced', () => ({ oid: randomUUID(), preferred_username: 'nobody@elsewhere.example' })),
  as('oid of a learner of another organisation', ({ other }) => ({ ...other.person })),
];

const browsers: readonly Module[] = [
  played('state of another organisation', 'refused', async ({ stage, company, other, browser }) => {
    const there = browser();
    const callback = new URL(stage.op.authorize(await company.begin(there), { ...company.person }));
    callback.searchParams.set('state', new URL(await other.begin(there)).searchParams.get('state') ?? '');
    await goBack(there, callback.href);
  }),
  played('state without its cookie', 'refused', async ({ stage, company, browser }) => {
    await goBack(browser(), stage.op.authorize(await company.begin(browser()), { ...company.person }));
  }),
  played('state used twice', 'refused', async ({ stage, company, browser }) => {
    const [there, again] = [browser(), browser()];
    const { host } = new URL(company.home);
    const address = await company.begin(there);
    const kept = new Map(there.cookies(host));
    await goBack(there, stage.op.authorize(address, { ...company.person }));
    await there.post(`${company.home}/sign-out`);
    for (const [name, value] of kept) again.cookies(host).set(name, value);
    await goBack(again, stage.op.authorize(address, { ...company.person }));
  }),
  played('state older than ten minutes', 'refused', async ({ stage, company, browser }) => {
    const there = browser();
    const address = await company.begin(there);
    await stage.pass(601);
    await goBack(there, stage.op.authorize(address, { ...company.person }));
  }),
  played('cookie of one browser, callback of another', 'refused', async ({ stage, company, browser }) => {
    const [victim, attacker] = [browser(), browser()];
    await company.begin(victim);
    await goBack(victim, stage.op.authorize(await company.begin(attacker), { ...company.person }));
  }),
  played('code used twice', 'refused', async ({ stage, company, browser }) => {
    const [first, second] = [browser(), browser()];
    const callback = new URL(stage.op.authorize(await company.begin(first), { ...company.person }));
    await goBack(first, callback.href);
    await first.post(`${company.home}/sign-out`);
    callback.searchParams.set('state', new URL(await company.begin(second)).searchParams.get('state') ?? '');
    await goBack(second, callback.href);
  }),
  played('code of another browser (PKCE)', 'refused', async ({ stage, company, browser }) => {
    const there = browser();
    const [own, others] = [await company.begin(there), await company.begin(browser())].map((url) => new URL(url));
    // The nonce is known to whoever sees the address; the verifier isn't.
    for (const name of ['state', 'nonce']) others?.searchParams.set(name, own?.searchParams.get(name) ?? '');
    await goBack(there, stage.op.authorize(others?.href ?? '', { ...company.person }));
  }),
  answered('callback on a home', 'refused', (callback, { company }) => {
    callback.host = new URL(company.home).host;
  }),
  answered('callback on a host that is not ours', 'refused', (callback) => {
    callback.hostname = 'login.evil.example';
  }),
  answered('state given twice', 'refused', ({ searchParams }) =>
    searchParams.append('state', searchParams.get('state') ?? ''),
  ),
  answered('code given twice', 'refused', ({ searchParams }) => searchParams.append('code', 'another')),
  answered('error with a script in its description', 'refused', ({ searchParams }) => {
    searchParams.delete('code');
    searchParams.set('error', 'access_denied');
    searchParams.set('error_description', '<script>hostile-words()</script> AADSTS50105');
    searchParams.set('error_uri', 'https://hostile-words.example');
  }),
];

const answers: readonly Module[] = [
  spoilt(
    'token of more than 16 KB',
    'refused',
    claim('groups', () => Array.from({ length: 400 }, () => randomUUID())),
  ),
  spoilt('token endpoint answers 200 with HTML', 'refused', () => ({
    token: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hostile-words</p>'),
  })),
  spoilt('100 keys', 'refused', hundredKeys),
  spoilt('key with a huge modulus', 'refused', byHugeKey),
  spoilt('keys that never come', 'refused', () => ({ keys: () => new Promise(() => undefined) })),
  spoilt('HS256 by the public key', 'refused', ({ stage }) => byPublicKeyAsSecret(stage.op)),
  spoilt('key that the token brings along', 'refused', byEmbeddedKey),
  spoilt('unknown critical header', 'refused', ({ stage }) => withUnknownCrit(stage.op)),
  spoilt('key id of nobody', 'refused', ({ stage }) => signedBy(stage.op.signingKey, { alg: 'RS256', kid: `${KID}1` })),
  spoilt('clock ten minutes ahead', 'refused', () => ahead(600)),
  spoilt('clock ten minutes behind', 'refused', () => ahead(-600)),
  spoilt('dated five minutes back, as Microsoft’s are', 'accepted', () => ahead(-300)),
];

/** Our own, for Microsoft and for many organisations. */
export const entra: readonly Module[] = [...tenants, ...people, ...browsers, ...answers];
