import {
  allowInsecureRequests,
  type ClientAuth,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import { fetchWithKeysOf } from './keys-of-issuer.ts';

export interface AuthoritiesDeps {
  /** Origin such as `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  readonly clientId: string;
  readonly authentication: ClientAuth;
  readonly clock: () => Date;
}

/** What Microsoft publishes about each tenant's own authority; never `common`, whose tokens any tenant's people get. */
export interface Authorities {
  /** The issuer of a tenant's tokens. */
  issuerOf(tenantId: string): string;
  /** Rejects when the authority can't be reached or isn't the one asked for. */
  configurationOf(tenantId: string): Promise<Configuration>;
}

const MAX_AGE_MS = 3_600_000;
const TIMEOUT_SECONDS = 10;

export function createAuthorities(deps: AuthoritiesDeps): Authorities {
  const known = new Map<string, { readonly configuration: Promise<Configuration>; readonly since: number }>();
  const issuerOf = (tenantId: string) => `${deps.authorityHost}/${tenantId.toLowerCase()}/v2.0`;
  return {
    issuerOf,
    configurationOf: (tenantId) => {
      const issuer = issuerOf(tenantId);
      const now = deps.clock().getTime();
      const cached = known.get(issuer);
      if (cached && now - cached.since < MAX_AGE_MS) return cached.configuration;
      const configuration = discover(deps, issuer);
      known.set(issuer, { configuration, since: now });
      // A failure isn't kept: the next sign-in asks again.
      configuration.catch(() => known.delete(issuer));
      return configuration;
    },
  };
}

async function discover({ clientId, authentication }: AuthoritiesDeps, issuer: string): Promise<Configuration> {
  const configuration = await discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: 'RS256' },
    authentication,
    { timeout: TIMEOUT_SECONDS, execute: steps(issuer), [customFetch]: fetchWithKeysOf(issuer) },
  );
  // The library lets login.microsoftonline.com differ, for `common`.
  if (configuration.serverMetadata().issuer !== issuer) throw new TypeError('the authority names another issuer');
  configuration.timeout = TIMEOUT_SECONDS;
  return configuration;
}

/** In the code flow the library trusts the connection for ID tokens, unless told to check signatures as well. */
function steps(issuer: string): ((configuration: Configuration) => void)[] {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out; only a loopback authority gets it
  return isLoopback(issuer) ? [enableNonRepudiationChecks, allowInsecureRequests] : [enableNonRepudiationChecks];
}

/** Whether an authority is on this machine: a local Microsoft, whose browser pages are on plain http. */
export function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
