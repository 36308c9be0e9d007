import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Application, DirectoryView, EntraUser } from '../ports.ts';
import { EntraError } from '../errors/entra-error.ts';
import { headline } from '../errors/error-report.ts';
import { accountPage } from '../pages/account-page.ts';
import { sendPage } from '../pages/page.ts';
import { afterSignIn, continuationUrl, parseContinuation, type Continuation } from '../request/continuation.ts';
import { bodyParameters, required } from '../request/parameters.ts';
import { accountNamed, signInAs } from '../sessions/accounts.ts';
import { sessionCookie, setSessionCookie } from '../sessions/session-cookie.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { resolveAuthority } from '../tenants/authority.ts';

export interface AccountDeps {
  readonly directory: DirectoryView;
  readonly sessions: Sessions;
  readonly findApplication: (appId: string) => Application | undefined;
}

/** What the page to choose a person is shown for. */
export interface AccountQuestion {
  readonly continuation: Continuation;
  readonly purpose: 'sign-in' | 'consent';
  readonly signedIn?: EntraUser;
  readonly alert?: EntraError;
  readonly typed?: string;
}

const SHOWN = 50;

/** Takes the choice of a person: begins the session and goes on with what the person came for. */
export function accountRoutes(server: FastifyInstance, deps: AccountDeps): void {
  const { directory, sessions } = deps;
  server.post<{ Params: { tenant: string } }>('/:tenant/login', (request, reply) => {
    resolveAuthority(directory.tenant, request.params.tenant);
    const body = bodyParameters(request);
    const continuation = parseContinuation(required(body, 'continue'));
    const typed = required(body, 'account');
    const cookie = sessionCookie(request);
    try {
      const user = signInAs(directory, typed);
      if (sessions.find(cookie)?.userId !== user.id) {
        sessions.end(cookie);
        setSessionCookie(reply, sessions.start(user.id));
      }
      return reply.redirect(continuationUrl(afterSignIn(continuation)), 303);
    } catch (alert) {
      if (!(alert instanceof EntraError)) throw alert;
      const purpose = continuation.path.endsWith('/adminconsent') ? 'consent' : 'sign-in';
      return askForAccount(deps, reply, { continuation, purpose, alert, typed });
    }
  });
}

/** Shows the page to choose a person, for an administrator's consent only those who may give it. */
export function askForAccount(deps: AccountDeps, reply: FastifyReply, question: AccountQuestion): FastifyReply {
  const { continuation, purpose, signedIn, alert } = question;
  const { parameters, path } = continuation;
  const applicationName = deps.findApplication(parameters.get('client_id') ?? '')?.displayName ?? 'an application';
  const hint = parameters.get('login_hint') ?? '';
  const search = parameters.get('search') ?? (accountNamed(deps.directory, hint) === undefined ? '' : hint);
  const found = peopleFor(deps.directory, purpose, search);
  const typed =
    (question.typed !== undefined && deps.directory.findUser(question.typed)?.userPrincipalName) || question.typed;
  return sendPage(
    reply,
    alert?.kind.status ?? 200,
    accountPage({
      heading:
        purpose === 'consent' ? `Choose an administrator for ${applicationName}` : `Sign in to ${applicationName}`,
      tenantName: deps.directory.tenant.displayName,
      action: `/${path.split('/')[1] ?? ''}/login`,
      continuation: continuationUrl(continuation),
      page: { path, parameters },
      search,
      people: found.slice(0, SHOWN),
      more: found.length > SHOWN,
      typed: typed ?? hint,
      ...(signedIn === undefined ? {} : { signedInId: signedIn.id }),
      ...(alert === undefined ? {} : { alert: headline(alert) }),
    }),
  );
}

function peopleFor(directory: DirectoryView, purpose: AccountQuestion['purpose'], search: string): EntraUser[] {
  if (purpose === 'sign-in') return directory.searchUsers(search, SHOWN + 1);
  const everyone = directory.searchUsers(search, Number.MAX_SAFE_INTEGER);
  return everyone.filter((user) => directory.isAdministrator(user.id)).slice(0, SHOWN + 1);
}
