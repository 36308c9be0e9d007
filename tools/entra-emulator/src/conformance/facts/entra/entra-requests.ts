import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { Application } from '../../../entra/application.ts';
import { at } from '../../check-fact.ts';
import type { Fact, FactAnswer } from '../../fact.ts';
import { openFactWorld, type FactWorld } from '../../fact-world.ts';
import { applications, CALLBACK, CONTOSO, contosoFile, fabrikamFile, SECRET } from './entra-directories.ts';
import { aVisitor, type Visitor } from './visitor.ts';

export type Fields = Readonly<Record<string, string | undefined>>;

/** A world of two tenants. */
export const openEntraWorld = (): Promise<FactWorld> =>
  openFactWorld({ directory: contosoFile, otherTenants: [fabrikamFile] });

const VERIFIER = 'a-verifier-that-is-as-long-as-rfc-7636-asks-for-0123456789';
export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';

/** The address of a sign-in request; `undefined` leaves a parameter out. */
export function authorizeUrl(
  { emulator }: FactWorld,
  { appId }: Application,
  changes: Fields = {},
  tenant = CONTOSO,
): string {
  return `${emulator.httpUrl}/${tenant}/oauth2/v2.0/authorize?${encoded({
    client_id: appId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile email',
    state: 'the state',
    nonce: 'the nonce',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  }).toString()}`;
}

/** Who signs in to what. */
export interface SignIn {
  readonly to?: Application;
  /** The name that is typed; nobody's when the page itself is wanted. */
  readonly as?: string | undefined;
  readonly authorize?: Fields;
  readonly token?: Fields;
  readonly tenant?: string;
  readonly visitor?: Visitor;
}

/** Goes to sign in and types a name, as far as a page asks for one. The answer is the page or redirect after that. */
export async function arrive(world: FactWorld, signIn: SignIn): Promise<FactAnswer> {
  const { to = applications.portal, as, authorize = {}, tenant = CONTOSO, visitor = aVisitor(world) } = signIn;
  const page = await visitor.open(authorizeUrl(world, to, authorize, tenant));
  return as === undefined || at(page.body, 'at') !== undefined ? page : visitor.submit({ account: as });
}

/** The token answer at the end of a sign-in, with the claims and headers of its tokens beside them. */
export async function signIn(world: FactWorld, who: SignIn): Promise<FactAnswer> {
  const { body } = await arrive(world, who);
  const fields = { grant_type: 'authorization_code', code: at(body, 'code') as string, ...who.token };
  return token(world, fields, who.to, who.tenant);
}

/** A request to the token endpoint by the application's secret, of a form that fits the grant. */
export async function token(
  world: FactWorld,
  fields: Fields,
  { appId }: Application = applications.portal,
  tenant = CONTOSO,
  headers: Readonly<Record<string, string>> = {},
): Promise<FactAnswer> {
  const ofCodes = { redirect_uri: CALLBACK, code_verifier: VERIFIER };
  const body = encoded({
    client_id: appId,
    client_secret: SECRET,
    ...(fields['grant_type'] === 'authorization_code' ? ofCodes : {}),
    ...fields,
  });
  const url = `${world.emulator.httpUrl}/${tenant}/oauth2/v2.0/token`;
  return withClaims(await world.call('POST', url, { body, headers, token: null }));
}

/** A request for a token of the application itself. */
export function appToken(
  to: Application,
  changes: Fields = {},
  tenant = CONTOSO,
  headers: Readonly<Record<string, string>> = {},
): Fact['ask'] {
  const fields = { grant_type: 'client_credentials', scope: GRAPH_SCOPE, ...changes };
  return (world) => token(world, fields, to, tenant, headers);
}

/** A document of Entra, below a tenant. */
export function document(path: string, tenant = CONTOSO): Fact['ask'] {
  return (world) => world.call('GET', `${world.emulator.httpUrl}/${tenant}${path}`, { token: null });
}

/** A request that ends on a page of Entra's or at the application. */
export const arriving =
  (who: SignIn): Fact['ask'] =>
  (world) =>
    arrive(world, who);

/** A whole sign-in. */
export const signingIn =
  (who: SignIn): Fact['ask'] =>
  (world) =>
    signIn(world, who);

function withClaims(answer: FactAnswer): FactAnswer {
  const [id, access] = ['id_token', 'access_token'].map((name) => at(answer.body, name));
  return {
    ...answer,
    body: {
      ...(answer.body as object),
      ...(typeof id === 'string' ? { id: decodeJwt(id), idHeader: decodeProtectedHeader(id) } : {}),
      ...(typeof access === 'string' ? { access: decodeJwt(access), accessHeader: decodeProtectedHeader(access) } : {}),
    },
  };
}

function encoded(fields: Fields): URLSearchParams {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given as [string, string][]);
}
