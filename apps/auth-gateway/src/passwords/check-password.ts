import type { LearnerDocument } from '@learnamp/learners';
import type { PasswordDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { isPassword } from './password-hash.ts';

export interface CheckPasswordDeps {
  readonly passwords: Model<PasswordDocument>;
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
