import type { LearnerDocument } from '@learnamp/learners';
import { type Organisation, recordSignInTest, type Roles, type SealBox } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import { mayAdminister } from '../sessions/visitors.ts';
import { tenantOf } from './complete-sign-in.ts';
import { type Account, SignInRefusal } from './sign-in-refusal.ts';

export interface PassTestDeps {
  readonly connection: Connection;
  readonly seals: Pick<SealBox, 'blindIndex'>;
  readonly roles: Roles;
  readonly clock: () => Date;
}

/**
 * Notes that a test has succeeded, where whoever signed in is the administrator who began it: so at least one of those who
 * decide about passwords comes in without.
 * @throws SignInRefusal
 */
export async function passTest(
  { connection, seals, roles, clock }: PassTestDeps,
  organisation: Organisation,
  { learner: { _id: learnerId }, account }: { readonly learner: LearnerDocument; readonly account: Account },
  tester: string,
): Promise<void> {
  const isTester = learnerId === tester && mayAdminister({ role: await roles.roleOf(organisation.id, learnerId) });
  if (!isTester) throw new SignInRefusal('not-the-tester', 'testerIsThePerson', { account });
  const test = { tenantId: tenantOf(organisation), learnerId, at: clock() };
  const isNoted = await recordSignInTest(connection, seals, organisation.id, test);
  if (!isNoted) throw new SignInRefusal('token-refused', 'tenantIsStillTheSame');
}
