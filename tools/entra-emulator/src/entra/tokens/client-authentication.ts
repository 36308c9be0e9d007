import type { Application } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import { required, type Parameters } from '../request/parameters.ts';
import type { Authority } from '../tenants/authority.ts';
import { clientAt } from '../tenants/clients.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { verifyClientAssertion } from './client-assertion.ts';
import type { Credential } from './token-issuer.ts';

export interface ClientAuthenticationDeps {
  readonly tenants: Tenants;
  /** The origin of the https door, which client assertions are made for. */
  httpsUrl(): string;
  readonly clock: () => Date;
}

export interface AuthenticatedClient {
  readonly application: Application;
  readonly credential: Credential;
}

/**
 * Finds the application and checks its secret or certificate (RFC 6749, 2.3.1; RFC 7523, 2.2). An application without
 * any registered credential is a public client.
 */
export async function authenticateClient(
  deps: ClientAuthenticationDeps,
  authority: Authority,
  authorization: string | undefined,
  body: Parameters,
): Promise<AuthenticatedClient> {
  const basic = basicCredentials(authorization);
  const { application } = clientAt(deps.tenants, authority, basic?.id ?? required(body, 'client_id'));
  const secret = basic?.secret ?? body.get('client_secret');
  const assertion = body.get('client_assertion');
  if (isPublic(application)) return publicClient(application, secret ?? assertion);
  if (assertion !== undefined) {
    checkAssertionType(body);
    const audiences = audiencesOf(deps.httpsUrl(), authority);
    await verifyClientAssertion({ application, assertion, audiences, now: deps.clock() });
    return { application, credential: 'certificate' };
  }
  checkSecret(application, secret, deps.clock());
  return { application, credential: 'secret' };
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function basicCredentials(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: formDecoded(id), secret: formDecoded(rest.join(':')) };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

function isPublic(application: Application): boolean {
  return application.passwordCredentials.length === 0 && (application.keyCredentials ?? []).length === 0;
}

function publicClient(application: Application, sent: string | undefined): AuthenticatedClient {
  if (sent === undefined) return { application, credential: 'none' };
  throw new EntraError(700025);
}

function checkAssertionType(body: Parameters): void {
  if (required(body, 'client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') return;
  throw new EntraError(90023, `The 'client_assertion_type' is not supported.`);
}

/** The token endpoint of the tenant, by each of its names, or of the endpoint that tenants share. */
function audiencesOf(origin: string, authority: Authority): string[] {
  const names =
    authority.kind === 'shared'
      ? [authority.name]
      : [authority.directory.tenant.id, ...authority.directory.tenant.verifiedDomains.map(({ name }) => name)];
  return names.map((name) => `${origin}/${name}/oauth2/v2.0/token`);
}

function checkSecret({ appId, passwordCredentials }: Application, secret: string | undefined, now: Date): void {
  if (secret === undefined) throw new EntraError(7000218);
  const credential = passwordCredentials.find(({ secretText }) => secretText === secret);
  if (credential === undefined) {
    throw new EntraError(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the ` +
        `client secret ID, for a secret added to app '${appId}'.`,
    );
  }
  if (credential.endDateTime !== undefined && Date.parse(credential.endDateTime) <= now.getTime()) {
    throw new EntraError(
      7000222,
      `The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for your ` +
        `app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: ` +
        `https://aka.ms/certCreds.`,
    );
  }
}
