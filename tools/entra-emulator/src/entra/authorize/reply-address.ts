import type { Application, Tenant } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import { required, type Parameters } from '../request/parameters.ts';
import { knownApplication } from '../tokens/client-authentication.ts';

const RESPONSE_MODES = ['query', 'fragment', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/** Where the answer to an authorization request goes, errors included. */
export interface ReplyAddress {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
}

export interface ApplicationLookup {
  readonly tenant: () => Tenant;
  readonly findApplication: (appId: string) => Application | undefined;
}

/**
 * The application and the address to reply to. What is wrong up to here is never sent to the address (RFC 6749, 4.1.2.1).
 * @throws EntraError 900144, 700016, 50011, 900971 or 70007.
 */
export function replyAddressOf(
  lookup: ApplicationLookup,
  parameters: Parameters,
): { application: Application; address: ReplyAddress } {
  const application = knownApplication(lookup, required(parameters, 'client_id'));
  const state = parameters.get('state');
  const address = {
    redirectUri: registeredRedirectUri(application, parameters.get('redirect_uri')),
    responseMode: responseModeOf(parameters.get('response_mode') ?? 'query'),
    ...(state === undefined ? {} : { state }),
  };
  return { application, address };
}

/** @throws EntraError 50011 when the address is not registered, letter by letter; 900971 when there is none at all. */
export function registeredRedirectUri(application: Application, asked: string | undefined): string {
  const [first] = application.web.redirectUris;
  if (first === undefined) throw new EntraError(900971, 'No reply address provided.');
  const redirectUri = asked ?? first;
  if (application.web.redirectUris.includes(redirectUri)) return redirectUri;
  throw new EntraError(
    50011,
    `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the ` +
      `application '${application.appId}'. Make sure the redirect URI sent in the request matches one added to your ` +
      `application in the Azure portal.`,
  );
}

function responseModeOf(asked: string): ResponseMode {
  const mode = RESPONSE_MODES.find((known) => known === asked);
  if (mode !== undefined) return mode;
  throw new EntraError(70007, `'${asked}' is not a supported value for 'response_mode' when requesting a token.`);
}
