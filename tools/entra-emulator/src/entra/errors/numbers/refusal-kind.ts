/**
 * Who hears of a refusal at the pages of sign-in: the person on Entra's own page, the person on the page to choose an
 * account, who may try another one, or the application. Silent requests are always answered to the application.
 */
export type Audience = 'page' | 'account' | 'application';

/** What one AADSTS number comes with. */
export interface RefusalKind {
  /** The OAuth error code of bodies (RFC 6749, 5.2, and Entra's own). */
  readonly error: string;
  /** The OAuth error code of redirects (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6). */
  readonly redirectError: string;
  readonly status: number;
  readonly audience: Audience;
  /** What is said when there is nothing more exact to say. */
  readonly sentence: string;
  /** What a client may conclude beyond `error`. */
  readonly suberror?: string;
}

type Details = Partial<Pick<RefusalKind, 'redirectError' | 'status' | 'suberror'>>;

const kindFor =
  (audience: Audience) =>
  (error: string, sentence: string, details: Details = {}): RefusalKind => ({
    error,
    sentence,
    audience,
    // `invalid_grant` is an error of the token endpoint alone: a redirect asks for the person instead.
    redirectError: error === 'invalid_grant' ? 'interaction_required' : error,
    status: error === 'invalid_client' ? 401 : 400,
    ...details,
  });

export const page = kindFor('page');
export const account = kindFor('account');
export const application = kindFor('application');
