import type { OpenSettings } from '@learnamp/organisations';

/** What an operator may set: how provisioning works, each setting by its own name, and how people sign in. */
export const settingsOf = ({ provisioning, singleSignOn, passwords }: OpenSettings) => ({
  ...provisioning,
  singleSignOn,
  passwords,
});

export type Settings = ReturnType<typeof settingsOf>;
