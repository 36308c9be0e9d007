import {
  type ClientCredential,
  createGraphClient,
  createTokenSource,
  type CredentialChoice,
  type GraphClient,
  type SentRequest,
} from '@learnamp/graph-client';
import type { Logger } from '@learnamp/service';

export interface MicrosoftSettings {
  /** Such as `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** Such as `https://graph.microsoft.com`. */
  readonly graphBaseUrl: string;
  readonly clientId: string;
  /** Whose permissions are asked for, where it isn't Graph of the global cloud: an origin. */
  readonly graphResource?: string;
  readonly credential: ClientCredential | CredentialChoice;
}

/** The Graph client of an organisation's tenant; `anew`, one whose token is a new one. */
export type GraphClients = (organisationId: string, tenantId: string, how?: 'anew') => GraphClient;

/**
 * One client for each tenant, kept: it holds the tenant's token and its share of concurrent requests. The key is the
 * organisation, so that no tenant id is anybody's map key.
 */
export function createGraphClients(
  settings: MicrosoftSettings,
  logger: Logger,
  onRequest: (sent: SentRequest) => void = () => undefined,
): GraphClients {
  const clients = new Map<string, { readonly tenantId: string; readonly client: GraphClient }>();
  return (organisationId, tenantId, how) => {
    const kept = clients.get(organisationId);
    if (kept?.tenantId === tenantId && how !== 'anew') return kept.client;
    const { authorityHost, graphBaseUrl, graphResource, clientId, credential } = settings;
    const scope = graphResource === undefined ? {} : { scope: `${graphResource}/.default` };
    const graphLogger = logger.child({ organisationId });
    const token = createTokenSource({ authorityHost, tenantId, clientId, credential, ...scope, logger: graphLogger });
    const client = createGraphClient({ graphBaseUrl, token, onRequest, logger: graphLogger });
    clients.set(organisationId, { tenantId, client });
    return client;
  };
}
