import type { Organisation } from '@learnamp/organisations';
import Type, { type Static } from 'typebox';

/** What an organisation has of Microsoft, as administrators are told it: not which tenant. */
export const MicrosoftView = Type.Object({
  /** Whether a tenant is connected, for whichever purpose. */
  connected: Type.Boolean(),
  signIn: Type.Boolean(),
  provisioning: Type.Boolean(),
  groupId: Type.Union([Type.String(), Type.Null()]),
  revision: Type.Integer(),
});
export type MicrosoftView = Static<typeof MicrosoftView>;

export function microsoftViewOf({ microsoft, revision }: Organisation): MicrosoftView {
  return {
    connected: microsoft !== null,
    signIn: microsoft?.consents.includes('sign-in') ?? false,
    provisioning: microsoft?.consents.includes('provisioning') ?? false,
    groupId: microsoft?.groupId ?? null,
    revision,
  };
}
