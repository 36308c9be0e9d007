import type { FactGroup } from '../../fact.ts';
import { aadstsClientFacts } from './aadsts-client-facts.ts';
import { aadstsPeopleFacts } from './aadsts-people-facts.ts';
import { clientCredentialsFacts } from './client-credentials-facts.ts';
import { consentFacts } from './consent-facts.ts';
import { discoveryFacts } from './discovery-facts.ts';
import { idTokenFacts } from './id-token-facts.ts';
import { signOutFacts } from './sign-out-facts.ts';
import { signingKeyFacts } from './signing-key-facts.ts';

/** Signing in, tokens, consent and signing out. */
export const entraGroups: readonly FactGroup[] = [
  discoveryFacts,
  idTokenFacts,
  signingKeyFacts,
  consentFacts,
  clientCredentialsFacts,
  aadstsPeopleFacts,
  aadstsClientFacts,
  signOutFacts,
];
