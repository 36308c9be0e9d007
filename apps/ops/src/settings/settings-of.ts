import type { OpenSettings } from '@learnamp/organisations';

/** What an operator may set: how provisioning works, each setting by its own name, how people sign in, and who is mailed what. */
export const settingsOf = ({ provisioning, singleSignOn, passwords, notifications }: OpenSettings) => ({
  ...provisioning,
  singleSignOn,
  passwords,
  notifications,
});

export type Settings = ReturnType<typeof settingsOf>;
