import type { Connection } from 'mongoose';
import { appendAudit } from '../audit/append-audit.ts';
import type { SealBox } from '../sealing/seal-box.ts';
import { type OrganisationDocument, organisationModel } from '../settings/organisation-model.ts';
import { signsInWithMicrosoft } from './consent.ts';

/** That an administrator has signed in with Microsoft to see whether it works. */
export interface SignInTest {
  readonly at: Date;
  /** Who it was. */
  readonly learnerId: string;
}

type Tested = Pick<OrganisationDocument, 'microsoft' | 'singleSignOn' | 'signInTest'>;

/** The last test that succeeded; null without one, and where the tenant is another now or people don't sign in by it. */
export function signInTestOf(document: Tested): SignInTest | null {
  const { signInTest, microsoft } = document;
  if (!signInTest || !signsInWithMicrosoft(document) || signInTest.tenantIndex !== microsoft?.tenantIndex) return null;
  return { at: signInTest.at, learnerId: signInTest.learnerId };
}

/**
 * Keeps that a learner has signed in by this tenant to test it, with an entry in the audit log. False where the
 * organisation's people don't sign in by that tenant any more. Settings don't change by it, so the revision stays.
 */
export function recordSignInTest(
  connection: Connection,
  seals: Pick<SealBox, 'blindIndex'>,
  id: string,
  { tenantId, learnerId, at }: SignInTest & { readonly tenantId: string },
): Promise<boolean> {
  const model = organisationModel(connection);
  const signInTest = { at, learnerId, tenantIndex: seals.blindIndex(tenantId) };
  return connection.transaction(async (session) => {
    const document = await model.findById(id, null, { session }).lean();
    if (!document || signInTestOf({ ...document, signInTest }) === null) return false;
    const changes = [
      { path: 'signInTest.at', old: document.signInTest?.at.toISOString() ?? null, new: at.toISOString() },
    ];
    await model.updateOne({ _id: id }, { $set: { signInTest } }, { session });
    const actor = { kind: 'learner', id: learnerId } as const;
    await appendAudit(connection, { organisationId: id, at, actor, action: 'sign-in tested', changes }, session);
    return true;
  });
}
