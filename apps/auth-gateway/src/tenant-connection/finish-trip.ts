import { connectTenant, type Organisation, type SealBox } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import type { Microsoft } from '../microsoft/microsoft.ts';
import { MicrosoftError } from '../microsoft/microsoft-error.ts';
import { notFound } from '../problems/problem.ts';
import { administratorRefusal } from './check-administrator.ts';
import { ConnectRefused, connectRefusalOf } from './connect-refusals.ts';
import type { CollectedAnswer, TenantClaims } from './tenant-claims.ts';

export interface FinishTripDeps {
  readonly connection: Connection;
  readonly seals: SealBox;
  readonly microsoft: Microsoft;
  readonly clientId: string;
  readonly claims: TenantClaims;
  readonly clock: () => Date;
}

/** Where the browser goes next; undefined when the tenant is connected. */
export type NextStop = URL | undefined;

/**
 * Goes on with an answer that has come home: after consent to a sign-in at the tenant that the answer names, after that
 * to the end. Nothing is connected but the tenant of the signed-in administrator, whatever any address says.
 * @throws ConnectRefused
 */
export async function finishTrip(
  deps: FinishTripDeps,
  organisation: Organisation,
  collected: CollectedAnswer,
): Promise<NextStop> {
  const { answer, claim, tenantId } = collected;
  if (answer.kind === 'error') throw new ConnectRefused(connectRefusalOf(answer));
  if (claim.stage === 'consent' && answer.kind === 'consented') {
    return askForProof(deps, organisation, collected, answer.tenantId);
  }
  if (claim.stage !== 'proof' || answer.kind !== 'code' || tenantId === null) throw new ConnectRefused('token-refused');
  await proveAndConnect(deps, organisation, { ...collected, answer, tenantId });
  return undefined;
}

async function askForProof(
  { claims, microsoft }: FinishTripDeps,
  organisation: Organisation,
  { claim }: CollectedAnswer,
  tenantId: string,
): Promise<URL> {
  if (organisation.microsoft && organisation.microsoft.tenantId !== tenantId) throw new ConnectRefused('other-tenant');
  const secrets = await claims.goOn(claim, tenantId);
  return microsoft.authorizationUrl(tenantId, secrets, { chooseAccount: false }).catch(refuse);
}

type Proof = CollectedAnswer & {
  readonly answer: Extract<CollectedAnswer['answer'], { kind: 'code' }>;
  readonly tenantId: string;
};

async function proveAndConnect(
  { connection, seals, microsoft, clientId, clock }: FinishTripDeps,
  organisation: Organisation,
  { claim, answer: { code, iss }, tenantId }: Proof,
): Promise<void> {
  const { state, nonce, codeVerifier, consent, learnerId } = claim;
  const response = { code, ...(iss === null ? {} : { iss }) };
  const token = await microsoft.redeem(tenantId, response, { state, nonce, codeVerifier }).catch(refuse);
  const expected = { tenantId, issuer: microsoft.issuerOf(tenantId), clientId, consent };
  const refusal = administratorRefusal(token, expected);
  if (refusal) throw new ConnectRefused(refusal);
  const by = { actor: { kind: 'learner', id: learnerId }, at: clock() } as const;
  const outcome = await connectTenant(connection, seals, organisation.id, { tenantId, consent }, by);
  if (outcome === 'no-organisation') throw notFound();
  if (outcome !== 'connected') throw new ConnectRefused(outcome);
}

function refuse(error: unknown): never {
  if (!(error instanceof MicrosoftError)) throw error;
  const { code, aadsts } = error;
  if (code === 'refused') throw new ConnectRefused(connectRefusalOf({ aadsts }), { cause: error });
  throw new ConnectRefused(code === 'unreachable' ? 'microsoft-unreachable' : 'token-refused', { cause: error });
}
