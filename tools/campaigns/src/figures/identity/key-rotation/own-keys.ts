import { createPrivateKey } from 'node:crypto';
import { type Browser, exchange } from '@learnamp/testkit';
import { calculateJwkThumbprint, decodeJwt, exportJWK, type JWTPayload, SignJWT } from 'jose';
import type { CampaignRun } from '../../../campaign.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { startFront } from '../stage/front.ts';
import { aSigningKey } from '../stage/ground.ts';
import { browsersOf } from '../stage/signed-in.ts';
import { startLoad } from '../stage/steady-load.ts';
import { Replicas } from './replicas.ts';

const PEOPLE = 40;
/** An access token's life, and a minute. */
const OVERLAP_SECONDS = 11 * 60;

export interface OwnKeys {
  readonly rotations: number;
  readonly requests: number;
  /** Requests of people with a good session that were not answered. */
  readonly refused: readonly string[];
  /** Tokens signed by a key that was retired a while ago, and those of them that were taken. */
  readonly retired: number;
  readonly retiredTaken: number;
  /** Tokens by the key before the current one, in the overlap, and those of them that were taken. */
  readonly overlapping: number;
  readonly overlappingTaken: number;
}

/** Rotates our own signing keys under load: first the new key verifies, then it signs, then the old one goes. */
export async function rotateOwnKeys(
  variant: string | undefined,
  rotations: number,
  run: CampaignRun,
): Promise<OwnKeys> {
  const front = await startFront();
  const replicas = new Replicas(variant, front);
  const keys = [aSigningKey()];
  const tally = {
    requests: 0,
    refused: [] as string[],
    retired: 0,
    retiredTaken: 0,
    overlapping: 0,
    overlappingTaken: 0,
  };
  try {
    await replicas.roll(keys.join('\n'));
    const company = await aCompany(replicas.stage, `rotations-${(variant ?? 'none').toLowerCase()}`);
    const people = await browsersOf(company, PEOPLE);
    for (let rotation = 1; rotation <= rotations; rotation += 1) {
      run.progress(`rotation ${rotation} of ${rotations}`);
      const load = startLoad(run, () => statusOf(company, people));
      const [newest, current = '', former] = [aSigningKey(), ...keys];
      await replicas.roll([current, newest].join('\n'));
      await replicas.roll([newest, current].join('\n'));
      keys.unshift(newest);
      const { sent, refused } = await load.stop();
      tally.requests += sent;
      tally.refused.push(...refused.map((one) => `rotation ${rotation}: ${one}`));
      tally.overlapping += 1;
      tally.overlappingTaken += (await isTaken(company, people, current)) ? 1 : 0;
      if (former !== undefined) {
        tally.retired += 1;
        tally.retiredTaken += (await isTaken(company, people, former)) ? 1 : 0;
      }
      await replicas.pass(OVERLAP_SECONDS);
    }
    return { rotations, ...tally };
  } finally {
    await replicas.close();
    await front.stop();
  }
}

async function statusOf({ home }: Company, people: readonly Browser[]): Promise<number> {
  const browser = people[Math.floor(Math.random() * people.length)];
  return (await browser?.get(`${home}/api/sessions`, { accept: 'application/json' }))?.status ?? 0;
}

/** Whether a token is taken that says what somebody's good one says, signed by this key as if just now. */
async function isTaken({ home }: Company, [somebody]: readonly Browser[], key: string): Promise<boolean> {
  const { host } = new URL(home);
  const good = decodeJwt(somebody?.cookies(host).get('__Host-session') ?? '');
  const cookie = `__Host-session=${await signedBy(key, good)}`;
  return (await exchange('GET', `${home}/api/sessions`, { host, cookie })).status === 200;
}

async function signedBy(pem: string, claims: JWTPayload): Promise<string> {
  const key = createPrivateKey(pem);
  const { kty = '', crv = '', x = '', y = '' } = await exportJWK(key);
  const kid = await calculateJwkThumbprint({ kty, crv, x, y });
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'ES256', typ: 'JWT', kid };
  return new SignJWT({ ...claims, iat: now, exp: now + 600 }).setProtectedHeader(header).sign(key);
}
