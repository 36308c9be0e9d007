import { X509Certificate } from 'node:crypto';
import { AuthError, ConfidentialClientApplication, type INetworkModule, type NodeAuthOptions } from '@azure/msal-node';
import type { Token } from '../client/authentication.ts';
import type { GraphLogger } from '../client/graph-logger.ts';
import { GraphError } from '../errors/graph-error.ts';
import { authorityNetwork } from './authority-network.ts';
import { tokenError } from './token-error.ts';

/** A secret; or one PEM text with a certificate and its private key. */
export type ClientCredential = { readonly secret: string } | { readonly pem: string };

/** Several credentials of an application, of which one is used at a time. */
export interface CredentialChoice {
  current(): ClientCredential;
  /** Notes that Entra doesn't take one; true where it is worth asking again with the one that is current now. */
  refused(credential: ClientCredential): boolean;
}

export interface TokenSourceOptions {
  /** The origin of Entra: `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** The tenant's GUID: an application has its tokens from one tenant, never from `common`. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: ClientCredential | CredentialChoice;
  /** Default `https://graph.microsoft.com/.default`: the permissions that were consented to. */
  readonly scope?: string;
  readonly logger?: GraphLogger;
  /** For one request to Entra. Default 10,000 ms. */
  readonly timeoutMs?: number;
}

/**
 * Access tokens of one tenant by client credentials, kept until shortly before they end. Callers at the same time
 * share one request to Entra.
 * @throws GraphError `bad-configuration` at once; the tokens reject with `token-refused` or `token-unavailable`.
 */
export function createTokenSource(options: TokenSourceOptions): Token {
  const authority = authorityOf(options);
  const network = authorityNetwork(authority, options.timeoutMs ?? 10_000);
  const choice = choiceOf(options.credential);
  const applicationOf = applications(options, authority, network);
  // Whatever is wrong with the one to begin with is said at once.
  applicationOf(choice.current());
  const scopes = [options.scope ?? 'https://graph.microsoft.com/.default'];

  const acquire = async (skipCache: boolean): Promise<string> => {
    const credential = choice.current();
    try {
      const result = await applicationOf(credential).acquireTokenByClientCredential({ scopes, skipCache });
      if (!result?.accessToken) throw new GraphError('token-unavailable', 'Entra answered without a token');
      return result.accessToken;
    } catch (error) {
      if (isAboutCredential(error) && choice.refused(credential)) return acquire(skipCache);
      const failure = network.discoveryRefusal() ?? tokenError(error);
      options.logger?.warn({ reason: failure.code, graphCode: failure.graphCode }, 'no token from Entra');
      throw failure;
    }
  };
  return sharing(acquire);
}

/** RFC 6749 section 5.2. */
const isAboutCredential = (error: unknown) => error instanceof AuthError && error.errorCode === 'invalid_client';

const choiceOf = (credential: TokenSourceOptions['credential']): CredentialChoice =>
  'current' in credential ? credential : { current: () => credential, refused: () => false };

/** One for each credential, kept: it holds the tokens that it was given. */
function applications(
  { clientId, tenantId }: TokenSourceOptions,
  authority: URL,
  networkClient: INetworkModule,
): (credential: ClientCredential) => ConfidentialClientApplication {
  const made = new Map<ClientCredential, ConfidentialClientApplication>();
  return (credential) => {
    const application =
      made.get(credential) ??
      new ConfidentialClientApplication({
        auth: {
          clientId,
          authority: `${authority.origin}/${tenantId}`,
          // Host and port, or MSAL asks Microsoft whether it knows this authority.
          knownAuthorities: [authority.host],
          ...credentialOf(credential),
        },
        // Requests for tokens are repeated by the Graph client's own rules.
        system: { networkClient, disableInternalRetries: true },
      });
    made.set(credential, application);
    return application;
  };
}

function sharing(acquire: (skipCache: boolean) => Promise<string>): Token {
  const underWay = new Map<boolean, Promise<string>>();
  return ({ refresh = false } = {}) => {
    const shared = underWay.get(refresh) ?? acquire(refresh).finally(() => underWay.delete(refresh));
    underWay.set(refresh, shared);
    return shared;
  };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function authorityOf({ authorityHost, tenantId }: TokenSourceOptions): URL {
  if (!guid.test(tenantId)) throw new GraphError('bad-configuration', 'the tenant id is not a GUID');
  const authority = URL.canParse(authorityHost) ? new URL(authorityHost) : undefined;
  if (authority?.protocol !== 'https:' || authority.pathname !== '/' || authority.search !== '') {
    throw new GraphError('bad-configuration', 'the authority host is an https origin');
  }
  return authority;
}

function credentialOf(credential: ClientCredential): Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'> {
  if ('secret' in credential) return { clientSecret: credential.secret };
  const { pem } = credential;
  return { clientCertificate: { thumbprintSha256: thumbprint(pem), privateKey: pem } };
}

function thumbprint(pem: string): string {
  try {
    return new X509Certificate(pem).fingerprint256.replaceAll(':', '');
  } catch {
    // Node's error would quote nothing useful and the PEM must not get into a log.
    throw new GraphError('bad-configuration', 'the client certificate is not a PEM certificate');
  }
}
