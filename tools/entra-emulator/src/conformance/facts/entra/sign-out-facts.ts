import type { UserEntry } from '../../../directory/directory-file.ts';
import { at } from '../../check-fact.ts';
import { adele, applications, CALLBACK, CONTOSO, contosoFile, diego } from './entra-directories.ts';
import { arrive, signIn, token } from './entra-requests.ts';
import { openLogoutListener, type LogoutListener } from './logout-listener.ts';
import { aVisitor, type Visitor } from './visitor.ts';
import type { Fact, FactAnswer, FactGroup } from '../../fact.ts';
import { openFactWorld, type FactWorld } from '../../fact-world.ts';

const { portal, withUpn, administration } = applications;
const as = adele.userPrincipalName;

function logoutUrl({ emulator }: FactWorld, parameters: Readonly<Record<string, string>>): string {
  return `${emulator.httpUrl}/${CONTOSO}/oauth2/v2.0/logout?${new URLSearchParams(parameters).toString()}`;
}

const back = { post_logout_redirect_uri: CALLBACK, state: 'bye' };

/** Signs in, then out; whether somebody is still signed in afterwards is in the body as `silently`. */
function signingOut(
  ask: (world: FactWorld, visitor: Visitor, claims: unknown) => Promise<FactAnswer>,
  to = withUpn,
): Fact['ask'] {
  return async (world) => {
    const visitor = aVisitor(world);
    const { body } = await signIn(world, { as, to, visitor });
    const answer = await ask(world, visitor, at(body, 'id'));
    const silently = await arrive(world, { to, visitor, authorize: { prompt: 'none' } });
    const sid = at(body, 'id.sid');
    return {
      ...answer,
      body: { ...(answer.body as object), sid, silently: at(silently.body, 'error') ?? 'signed in' },
    };
  };
}

/** The listener of each world. */
const listeners = new WeakMap<FactWorld, LogoutListener>();

/** A world where the portal's logout URL is listened at. */
async function openWorld(): Promise<FactWorld> {
  const listener = await openLogoutListener();
  const web = { ...portal.web, logoutUrl: listener.url };
  const others = (contosoFile.applications ?? []).filter(({ appId }) => appId !== portal.appId);
  const world = await openFactWorld({ directory: { ...contosoFile, applications: [{ ...portal, web }, ...others] } });
  const closing = async () => {
    await world.close();
    await listener.close();
  };
  const listening = { ...world, close: closing };
  listeners.set(listening, listener);
  return listening;
}

const callsTo = (world: FactWorld): readonly string[] => listeners.get(world)?.calls ?? [];

/** The addresses of the frames of a page. */
function framesOf(body: unknown): string[] {
  return [...String(at(body, 'markup')).matchAll(/<iframe[^>]*src="([^"]*)"/g)].map(([, src = '']) => src);
}

/** What an administrator does to a session: it is over, but no application is called. */
function ending(
  whose: string,
  as: UserEntry,
  code: number,
  act: (world: FactWorld, token: string) => Promise<FactAnswer>,
): Fact {
  return {
    lines: ['7.7/4'],
    says: `ends the session ${whose}, and refuses to refresh, but calls no logout URL`,
    ask: async (world) => {
      const visitor = aVisitor(world);
      const who = { as: as.userPrincipalName, visitor };
      const { body } = await signIn(world, { ...who, authorize: { scope: 'openid offline_access' } });
      const before = callsTo(world).length;
      world.advance(2000);
      await act(world, await world.token(administration.appId));
      const silently = at((await arrive(world, { visitor, authorize: { prompt: 'none' } })).body, 'error');
      const refresh_token = String(at(body, 'refresh_token'));
      const answer = await token(world, { grant_type: 'refresh_token', refresh_token });
      const called = callsTo(world).length - before;
      return { ...answer, body: { ...(answer.body as object), silently, called } };
    },
    status: 400,
    code,
    values: { error: 'invalid_grant', silently: 'login_required', called: 0 },
  };
}

/** How a session at Entra ends, and who hears of it. */
export const signOutFacts: FactGroup = {
  title: 'sign-out',
  world: openWorld,
  facts: [
    {
      lines: ['7.7/1'],
      says: 'ends the session and goes back to a registered address, with the state',
      ask: signingOut((world, visitor) => visitor.open(logoutUrl(world, back))),
      values: { at: CALLBACK, state: 'bye', silently: 'login_required' },
    },
    {
      lines: ['7.7/1'],
      says: 'takes the request by POST, too',
      ask: async (world) => {
        const url = logoutUrl(world, {}).split('?')[0] ?? '';
        return world.call('POST', url, { body: new URLSearchParams(back), token: null });
      },
      status: 302,
      headers: { location: `${CALLBACK}?state=bye` },
    },
    {
      lines: ['7.7/1'],
      says: 'stays on its own page when the address is not registered',
      ask: signingOut((world, visitor) =>
        visitor.open(logoutUrl(world, { post_logout_redirect_uri: 'https://elsewhere.example/' })),
      ),
      status: 200,
      values: { page: /You signed out of your account/, silently: 'login_required' },
      absent: ['at'],
    },
    {
      lines: ['7.7/1', '7.2/10'],
      says: 'takes the claim login_hint for a logout_hint',
      ask: signingOut(
        (world, visitor, claims) =>
          visitor.open(logoutUrl(world, { ...back, logout_hint: String(at(claims, 'login_hint')) })),
        portal,
      ),
      values: { silently: 'login_required' },
    },
    {
      lines: ['7.7/1'],
      says: 'leaves an account signed in when the hint means another',
      ask: signingOut(async (world, visitor) => {
        const { body } = await signIn(world, { as: diego.userPrincipalName });
        return visitor.open(logoutUrl(world, { ...back, logout_hint: String(at(body, 'id.login_hint')) }));
      }),
      values: { at: CALLBACK, silently: 'signed in' },
    },
    {
      lines: ['7.7/2', '7.7/3'],
      says: 'has the browser call the logout URL of the applications signed in to, with sid alone',
      ask: signingOut(async (world, visitor) => {
        const answer = await visitor.open(logoutUrl(world, back));
        for (const frame of framesOf(answer.body)) await fetch(frame);
        return { ...answer, body: { calls: [...callsTo(world)] } };
      }, portal),
      status: 200,
      values: { 'calls.0': /^\?sid=[0-9a-f-]{36}$/ },
      check: ({ body }) =>
        at(body, 'calls.0') === `?sid=${String(at(body, 'sid'))}` ? undefined : 'not with that sid',
    },
    {
      lines: ['7.7/2'],
      says: 'has it call no application that has no logout URL',
      ask: signingOut((world, visitor) => visitor.open(logoutUrl(world, {}))),
      status: 200,
      check: ({ body }) => (framesOf(body).length === 0 ? undefined : 'there is a frame'),
    },
    ending('of somebody who is disabled', diego, 50057, (world, token) =>
      world.call('PATCH', `/users/${diego.id}`, { body: { accountEnabled: false }, token }),
    ),
    ending('that an administrator revokes', adele, 50173, (world, token) =>
      world.call('POST', `/users/${adele.id}/revokeSignInSessions`, { token }),
    ),
  ],
};
