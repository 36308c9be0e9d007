import type { SealBox } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { randomNonce, randomPKCECodeVerifier } from 'openid-client';
import { hashOf, newSecretToken } from '../sessions/secret-token.ts';
import type { ConsentAnswer } from './consent-answer.ts';
import type { TenantClaim } from './tenant-claim-model.ts';

export const CLAIM_SECONDS = 600;
const HAND_OVER_SECONDS = 60;

/** Who connects a tenant, where. */
export type Claimant = Pick<TenantClaim, 'organisationId' | 'learnerId' | 'sessionId'>;

/** What for, and where to come back to. */
export type WantedClaim = Pick<TenantClaim, 'consent' | 'returnTo'>;

/** An answer that has come home, with the tenant that was to be proved. */
export interface CollectedAnswer {
  readonly claim: TenantClaim & { readonly state: string };
  readonly answer: ConsentAnswer;
  /** Null where the answer is to the first trip. */
  readonly tenantId: string | null;
}

/** Tenants on their way to an organisation. Each step can be taken once, whoever tries at the same time. */
export interface TenantClaims {
  /** Stores a new claim; the browser keeps `browserToken` in its cookie. */
  begin(claimant: Claimant, wanted: WantedClaim): Promise<{ state: string; browserToken: string }>;
  /** Keeps Microsoft's answer for the organisation's home, and gives the code to fetch it with; null for another's state. */
  keepAnswer(state: string, answer: ConsentAnswer): Promise<{ organisationId: string; code: string } | null>;
  /** Fetches it, once, at the right home, in the right browser and session, within a minute; else null, and nothing is used up. */
  collect(code: string, claimant: Claimant, browserToken: string): Promise<CollectedAnswer | null>;
  /** Goes on to the proof of this tenant, with secrets of its own. */
  goOn(claim: TenantClaim, tenantId: string): Promise<Pick<TenantClaim, 'nonce' | 'codeVerifier'> & { state: string }>;
  end(claim: TenantClaim): Promise<void>;
}

export interface TenantClaimsDeps {
  readonly tenantClaims: Model<TenantClaim>;
  readonly seals: SealBox;
  readonly clock: () => Date;
}

const place = (organisationId: string, field: string) => ({ organisationId, field: `tenantClaims.${field}` });
const fresh = () => ({ state: newSecretToken(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() });

export function createTenantClaims({ tenantClaims: model, seals, clock }: TenantClaimsDeps): TenantClaims {
  const inSeconds = (seconds: number) => new Date(clock().getTime() + seconds * 1000);
  return {
    begin: async (claimant, wanted) => {
      const browserToken = newSecretToken();
      const trip = fresh();
      const about = { ...claimant, ...wanted, stage: 'consent', browserHash: hashOf(browserToken) } as const;
      await model.create({ _id: newSecretToken(), ...about, ...trip, expiresAt: inSeconds(CLAIM_SECONDS) });
      return { state: trip.state, browserToken };
    },
    keepAnswer: async (state, answer) => {
      const claim = await model.findOne({ state, expiresAt: { $gt: clock() } }).lean();
      if (!claim) return null;
      const code = newSecretToken();
      const { organisationId } = claim;
      const answerSealed = await seals.seal(JSON.stringify({ state, answer }), place(organisationId, 'answer'));
      const kept = {
        state: null,
        handOverHash: hashOf(code),
        handOverUntil: inSeconds(HAND_OVER_SECONDS),
        answerSealed,
      };
      const { matchedCount } = await model.updateOne({ _id: claim._id, state }, { $set: kept });
      return matchedCount === 1 ? { organisationId, code } : null;
    },
    collect: async (code, claimant, browserToken) => {
      const whose = { ...claimant, handOverHash: hashOf(code), browserHash: hashOf(browserToken) };
      const claim = await model
        .findOneAndUpdate(
          { ...whose, handOverUntil: { $gt: clock() }, expiresAt: { $gt: clock() } },
          { $set: { handOverHash: null, answerSealed: null } },
        )
        .lean();
      return claim && opened(seals, claim);
    },
    goOn: async ({ _id, organisationId }, tenantId) => {
      const trip = fresh();
      const tenantSealed = await seals.seal(tenantId, place(organisationId, 'tenantId'));
      await model.updateOne({ _id }, { $set: { ...trip, stage: 'proof', tenantSealed } });
      return trip;
    },
    end: async ({ _id }) => {
      await model.deleteOne({ _id });
    },
  };
}

async function opened(seals: SealBox, claim: TenantClaim): Promise<CollectedAnswer> {
  const { organisationId, answerSealed, tenantSealed } = claim;
  const kept = JSON.parse(await seals.open(answerSealed ?? '', place(organisationId, 'answer'))) as {
    readonly state: string;
    readonly answer: ConsentAnswer;
  };
  const tenantId = tenantSealed === null ? null : await seals.open(tenantSealed, place(organisationId, 'tenantId'));
  return { claim: { ...claim, state: kept.state }, answer: kept.answer, tenantId };
}
