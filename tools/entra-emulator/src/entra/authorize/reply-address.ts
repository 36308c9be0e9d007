import type { Application } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import type { Parameters } from '../request/parameters.ts';

const RESPONSE_MODES = ['query', 'fragment', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/** Where the answer to an authorization request goes, errors included. */
export interface ReplyAddress {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
}

/**
 * The address to reply to. What is wrong up to here is never sent to it (RFC 6749, 4.1.2.1).
 * @throws EntraError 50011, 900971 or 70007.
 */
export function replyAddressOf(application: Application, parameters: Parameters): ReplyAddress {
  const state = parameters.get('state');
  // OAuth 2.0 Multiple Response Types, 5: what has a token in it goes into the fragment by default.
  const usual = parameters.get('response_type')?.includes('id_token') === true ? 'fragment' : 'query';
  return {
    redirectUri: registeredRedirectUri(application, parameters.get('redirect_uri')),
    responseMode: responseModeOf(parameters.get('response_mode') ?? usual),
    ...(state === undefined ? {} : { state }),
  };
}

/** @throws EntraError 50011 when the address is not registered, letter by letter; 900971 when there is none at all. */
export function registeredRedirectUri(application: Application, asked: string | undefined): string {
  const [first] = application.web.redirectUris;
  if (first === undefined) throw new EntraError(900971);
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
