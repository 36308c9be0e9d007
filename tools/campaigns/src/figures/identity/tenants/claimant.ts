import { randomUUID } from 'node:crypto';
import { type Browser, createBrowser } from '@learnamp/testkit';
import { aCompany, type Company } from '../stage/company.ts';
import type { Stage } from '../stage/stage.ts';

export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** An organisation without a tenant, whose Owner is signed in and administers a tenant of their own. */
export interface Claimant {
  readonly company: Company;
  readonly owner: Browser;
  /** A tenant that is nobody's yet. */
  readonly tenantId: string;
}

export const administrator = (): Readonly<Record<string, unknown>> => ({
  oid: randomUUID(),
  name: 'Grace',
  wids: [GLOBAL_ADMINISTRATOR],
});

/** Signed in by a tenant that the organisation has let go of again: the session goes on. */
export async function aClaimant(stage: Stage): Promise<Claimant> {
  const company = await aCompany(stage, `o${randomUUID().slice(0, 13)}`);
  const owner = createBrowser();
  await company.signIn(owner, { ...(await company.learner('Owner')) });
  await disconnect({ company, owner });
  return { company, owner, tenantId: randomUUID() };
}

export async function disconnect({ company, owner }: Pick<Claimant, 'company' | 'owner'>): Promise<void> {
  const answer = await owner.post(`${company.home}/settings/microsoft/disconnect`);
  if (outcomeOf(answer.location) !== 'disconnected') throw new Error(`disconnecting was answered ${answer.status}`);
}

/** The tenant of an organisation now; undefined while it has none. */
export const tenantOf = async ({ organisations }: Stage, { company }: Pick<Claimant, 'company'>) =>
  (await organisations.findById(company.id))?.microsoft?.tenantId;

/** Presses the button: gives Microsoft's consent page. */
export async function begin({ company, owner }: Claimant, consent = 'provisioning'): Promise<string> {
  const { location } = await owner.post(`${company.home}/settings/microsoft/connect`, { consent });
  if (location === '') throw new Error('connecting did not begin');
  return location;
}

/** Microsoft's answer to consent, or what somebody makes of it. */
export function consented(asked: string, answer: Readonly<Record<string, string>>): string {
  const { searchParams } = new URL(asked);
  const of = (name: string) => searchParams.get(name) ?? '';
  const whole = { admin_consent: 'True', scope: of('scope'), state: of('state'), ...answer };
  return `${of('redirect_uri')}?${new URLSearchParams(whole).toString()}`;
}

/** Goes on from an address of the redirect URI, home and to where the browser is sent from there. */
export async function goHome(browser: Browser, callback: string): Promise<string> {
  const { location } = await browser.get(callback);
  return location.includes('handover') ? (await browser.get(location)).location : location;
}

/** As far as the address at which the tenant is to be proved. */
export const toProof = async (who: Claimant, tenant = who.tenantId, consent?: string): Promise<string> =>
  goHome(who.owner, consented(await begin(who, consent), { tenant }));

/** The whole way, as it is meant. */
export async function connect(stage: Stage, who: Claimant, person = administrator()): Promise<string> {
  const proof = await toProof(who);
  return proof.startsWith(stage.op.url)
    ? outcomeOf(await goHome(who.owner, stage.op.authorize(proof, person)))
    : outcomeOf(proof);
}

export const outcomeOf = (address: string): string =>
  (URL.canParse(address) ? new URL(address).searchParams.get('microsoft') : null) ?? address;
