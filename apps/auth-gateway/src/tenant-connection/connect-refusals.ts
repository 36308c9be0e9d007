import type { AdministratorRefusal } from './check-administrator.ts';

/** What came of connecting a tenant. Codes are stable: they are in addresses, the log and the API. */
export type ConnectOutcome = 'connected' | ConnectRefusal;

export type ConnectRefusal =
  | AdministratorRefusal
  | 'lost'
  | 'declined'
  | 'consent-needs-administrator'
  | 'other-tenant'
  | 'taken'
  | 'microsoft-unreachable'
  | 'microsoft-refused';

/** In one sentence or two, for an administrator. */
export const connectWords: Readonly<Record<ConnectOutcome, string>> = {
  connected: 'Microsoft is connected.',
  lost: 'That took too long, or it went on in another browser or session. Start again.',
  declined: 'Nothing is connected: the permissions were declined at Microsoft.',
  'consent-needs-administrator':
    'Nothing is connected: only an administrator of your Microsoft Entra tenant may agree to these permissions.',
  'token-refused': "Nothing is connected: Microsoft's answer did not prove which tenant you administer. Start again.",
  'roles-missing':
    'Nothing is connected: Microsoft did not say which roles you have. Learn Amp has to be registered so that it does; please tell Learn Amp support.',
  'not-an-administrator':
    'Nothing is connected: the account you signed in with is no administrator of its tenant. For provisioning it has to be a Global Administrator or Privileged Role Administrator; for signing in an Application Administrator is enough.',
  'other-tenant':
    'Nothing is changed: that is another tenant than the one that is connected. Disconnect that one first, or use an account of it.',
  taken:
    'Nothing is connected: this tenant is connected to another Learn Amp organisation. It has to be disconnected there first.',
  'microsoft-unreachable': 'Nothing is connected: Microsoft did not answer. Try again in a minute.',
  'microsoft-refused':
    'Nothing is connected: Microsoft refused. Start again; if it happens again, tell Learn Amp support.',
};

/** What an error of Microsoft's means here: by its number, else by its word. */
export function connectRefusalOf({
  error,
  aadsts,
}: {
  error?: string;
  aadsts: number | null | undefined;
}): ConnectRefusal {
  if (aadsts === 65004 || error === 'access_denied') return 'declined';
  if (aadsts === 90094 || aadsts === 90095 || aadsts === 65001) return 'consent-needs-administrator';
  if (error === 'server_error' || error === 'temporarily_unavailable') return 'microsoft-unreachable';
  return 'microsoft-refused';
}

/** Connecting ended without a tenant. */
export class ConnectRefused extends Error {
  readonly code: ConnectRefusal;
  readonly retriable = false;

  constructor(code: ConnectRefusal, options?: ErrorOptions) {
    super(`connecting refused: ${code}`, options);
    this.name = 'ConnectRefused';
    this.code = code;
  }
}
