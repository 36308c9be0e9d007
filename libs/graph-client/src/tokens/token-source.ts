import { X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import type { Token } from '../client/authentication.ts';
import type { GraphLogger } from '../client/graph-logger.ts';
import { GraphError } from '../errors/graph-error.ts';
import { authorityNetwork } from './authority-network.ts';
import { tokenError } from './token-error.ts';

export type ClientCredential =
  { readonly secret: string } | { readonly certificatePem: string; readonly privateKeyPem: string };

export interface TokenSourceOptions {
  /** The origin of Entra: `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** The tenant's GUID: an application has its tokens from one tenant, never from `common`. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: ClientCredential;
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
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: options.clientId,
      authority: `${authority.origin}/${options.tenantId}`,
      // Host and port, or MSAL asks Microsoft whether it knows this authority.
      knownAuthorities: [authority.host],
      ...credentialOf(options.credential),
    },
    // Requests for tokens are repeated by the Graph client's own rules.
    system: { networkClient: network, disableInternalRetries: true },
  });
  const scopes = [options.scope ?? 'https://graph.microsoft.com/.default'];

  const acquire = async (skipCache: boolean) => {
    try {
      const result = await application.acquireTokenByClientCredential({ scopes, skipCache });
      if (!result?.accessToken) throw new GraphError('token-unavailable', 'Entra answered without a token');
      return result.accessToken;
    } catch (error) {
      const failure = network.discoveryRefusal() ?? tokenError(error);
      options.logger?.warn({ reason: failure.code, graphCode: failure.graphCode }, 'no token from Entra');
      throw failure;
    }
  };
  return sharing(acquire);
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
  const { certificatePem, privateKeyPem } = credential;
  return { clientCertificate: { thumbprintSha256: thumbprint(certificatePem), privateKey: privateKeyPem } };
}

function thumbprint(certificatePem: string): string {
  try {
    return new X509Certificate(certificatePem).fingerprint256.replaceAll(':', '');
  } catch {
    // Node's error would quote nothing useful and the PEM must not get into a log.
    throw new GraphError('bad-configuration', 'the client certificate is not a PEM certificate');
  }
}
