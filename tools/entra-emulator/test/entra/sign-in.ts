import { decodeJwt, type JWTPayload } from 'jose';
import { aBrowser, type Browser } from './a-browser.ts';
import { TENANT_ID } from './a-directory.ts';
import type { Doors } from './doors.ts';
import { redeem } from './redeem.ts';
import { answerIn, signInUrl } from './sign-in-url.ts';

type Changes = Record<string, string | undefined>;

/** Who signs in, and how the request differs from the usual one. */
export interface SignIn {
  readonly label?: string;
  readonly authorize?: Changes;
  readonly token?: Record<string, string>;
  readonly tenant?: string;
  readonly browser?: Browser;
}

/** The code that a person's sign-in ends with. */
export async function codeFor(
  doors: Doors,
  { label = 'Ada Lovelace', authorize = {}, tenant = TENANT_ID, browser = aBrowser(doors) }: SignIn = {},
): Promise<string> {
  const page = await browser.open(signInUrl(doors, authorize, tenant));
  const end = page.status === 0 ? page : await browser.choose(page, label);
  const code = answerIn(end.url)['code'];
  if (code === undefined) throw new Error(`no code: ${end.url} ${end.readable}`);
  return code;
}

/** The tokens of a whole sign-in. */
export async function tokensFor(doors: Doors, signIn: SignIn = {}): Promise<Record<string, unknown>> {
  const { authorize = {}, token = {}, tenant = TENANT_ID } = signIn;
  const code = await codeFor(doors, signIn);
  const client = authorize['client_id'] === undefined ? {} : { client_id: authorize['client_id'] };
  return redeem(doors, code, { ...client, ...token }, tenant);
}

/** The claims of the id_token of a whole sign-in. */
export async function claimsFor(doors: Doors, signIn: SignIn = {}): Promise<JWTPayload> {
  return decodeJwt(String((await tokensFor(doors, signIn))['id_token']));
}

/** Uses a refresh token. */
export function refresh(
  doors: Doors,
  refreshToken: unknown,
  changes: Record<string, string> = {},
  tenant = TENANT_ID,
): Promise<Record<string, unknown>> {
  return redeem(doors, '', { grant_type: 'refresh_token', refresh_token: String(refreshToken), ...changes }, tenant);
}
