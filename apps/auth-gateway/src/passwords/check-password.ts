import type { LearnerDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import { isPassword } from './password-hash.ts';
import type { PasswordDocument } from './password-model.ts';

export interface CheckPasswordDeps {
  readonly learners: Model<LearnerDocument>;
  readonly passwords: Model<PasswordDocument>;
}

/**
 * The learner of an email address, as it is shown to them; null where there is none, or more than one. Letters and
 * their capitals are the same, as mail servers have it.
 */
export async function learnerByEmail(
  { learners }: CheckPasswordDeps,
  organisationId: string,
  email: string,
): Promise<LearnerDocument | null> {
  const found = await learners
    .find({ organisationId, active: true, 'fields.email': email })
    .collation({ locale: 'en', strength: 2 })
    .limit(2)
    .lean();
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Whether it is the learner's password. For nobody it takes the same steps and as long, and the answer is no. */
export async function checkPassword(
  { passwords }: CheckPasswordDeps,
  learner: LearnerDocument | null,
  password: string,
): Promise<boolean> {
  const stored = await passwords.findById(learner?._id ?? '', { hash: 1 }).lean();
  return isPassword(password, stored?.hash);
}
