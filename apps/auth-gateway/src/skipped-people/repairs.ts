import type { RunDocument } from '@learnamp/learners';

type Reason = NonNullable<RunDocument['skipped']>[number]['reason'];

/** What an administrator can do about people who were skipped. */
export const repairs: Readonly<Record<Reason, string>> = {
  disabled: 'Enable their accounts in Entra if they are to learn; of people who have left there is nothing to do.',
  'switched off':
    'Switch on, in the settings, that learners are created, updated or deactivated, whichever is off, and sync again.',
  'not found':
    'Take deleted accounts out of the group in Entra; if they are there, sync again, for Entra may show them late.',
  unreadable:
    'Check the permissions in the Microsoft section of the settings, User.Read.All above all, and sync again.',
  erased: 'They were erased on request; whoever is to be a learner again needs that erasure lifted first.',
};
