import { type ClientCredential, usable } from './client-credential.ts';

/** The credentials of the application, two of them while one takes over from the other. */
export interface CredentialChoice {
  /** The one to prove the application by now. */
  current(): ClientCredential;
  /** Notes that Microsoft doesn't take one. True where another is current now, so that it is worth asking again. */
  refused(credential: ClientCredential): boolean;
}

// A new one may have been configured before it is in Entra, or before all of Entra knows it.
const AVOIDED_MS = 15 * 60_000;

/**
 * Takes the first that is valid now and that Microsoft hasn't refused of late; where there is none, the first, so that
 * Microsoft's own words say what is wrong.
 * @param credentials one or more, the preferred one first
 */
export function createCredentialChoice(
  credentials: readonly [ClientCredential, ...ClientCredential[]],
  clock: () => Date,
): CredentialChoice {
  const avoidedUntil = new Map<ClientCredential, number>();
  const isAvoided = (credential: ClientCredential) => (avoidedUntil.get(credential) ?? 0) > clock().getTime();
  const current = () => {
    const valid = usable(credentials, clock());
    return valid.find((one) => !isAvoided(one)) ?? valid[0] ?? credentials[0];
  };
  return {
    current,
    refused: (credential) => {
      avoidedUntil.set(credential, clock().getTime() + AVOIDED_MS);
      return !isAvoided(current());
    },
  };
}
