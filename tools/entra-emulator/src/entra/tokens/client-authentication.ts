import type { Application, Tenant } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import { required, type Parameters } from '../request/parameters.ts';
import { verifyClientAssertion } from './client-assertion.ts';
import type { Credential } from './token-issuer.ts';

export interface ClientAuthenticationDeps {
  readonly tenant: () => Tenant;
  readonly findApplication: (appId: string) => Application | undefined;
  /** Addresses that a client assertion may be made for. */
  readonly audiences: () => readonly string[];
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
  authorization: string | undefined,
  body: Parameters,
): Promise<AuthenticatedClient> {
  const basic = basicCredentials(authorization);
  const application = knownApplication(deps, basic?.id ?? required(body, 'client_id'));
  const secret = basic?.secret ?? body.get('client_secret');
  const assertion = body.get('client_assertion');
  if (isPublic(application)) return publicClient(application, secret ?? assertion);
  if (assertion !== undefined) {
    checkAssertionType(body);
    const audiences = deps.audiences();
    await verifyClientAssertion({ application, assertion, audiences, now: deps.clock() });
    return { application, credential: 'certificate' };
  }
  checkSecret(application, secret);
  return { application, credential: 'secret' };
}

/** @throws EntraError 700016 when the tenant has no such application. */
export function knownApplication(
  { tenant, findApplication }: Pick<ClientAuthenticationDeps, 'tenant' | 'findApplication'>,
  appId: string,
): Application {
  const application = findApplication(appId);
  if (application !== undefined) return application;
  throw new EntraError(
    700016,
    `Application with identifier '${appId}' was not found in the directory '${tenant().displayName}'. This can happen if ` +
      `the application has not been installed by the administrator of the tenant or consented to by any user in the ` +
      `tenant. You may have sent your authentication request to the wrong tenant.`,
  );
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
  throw new EntraError(
    700025,
    `Client is public so neither 'client_assertion' nor 'client_secret' should be presented.`,
  );
}

function checkAssertionType(body: Parameters): void {
  if (required(body, 'client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') return;
  throw new EntraError(90023, `The 'client_assertion_type' is not supported.`);
}

function checkSecret(application: Application, secret: string | undefined): void {
  if (secret === undefined) {
    throw new EntraError(
      7000218,
      `The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
    );
  }
  if (application.passwordCredentials.some((credential) => credential.secretText === secret)) return;
  throw new EntraError(
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the ` +
      `client secret ID, for a secret added to app '${application.appId}'.`,
  );
}
