import { counted } from './plural.ts';

export const tokens = {
  title: 'API tokens',
  about: 'For programs that use the API for you. Each may only do what it is made for, and never more than you.',
  list: 'Tokens',
  none: 'There are no tokens.',
  name: 'Name',
  scopes: 'May',
  madeBy: 'Made by',
  until: 'Until',
  lastUsed: 'Last used',
  over: 'Over',
  made: 'Made',
  make: {
    title: 'Make a token',
    name: 'What it is for',
    days: 'Days until it ends',
    daysHint: 'At most 366.',
    scopes: 'What it may do',
    tickOne: 'Tick at least one.',
    button: 'Make the token',
    done: 'The token is made. Copy it now: it is shown this once.',
  },
  fresh: {
    title: 'Your new token',
    label: (name: string) => `Token “${name}”`,
    once: 'It is shown this once. Nobody, not even Learn Amp, can show it again.',
    copy: 'Copy',
    copied: 'The token is copied.',
    notCopied: 'The browser did not allow copying: select the token and copy it yourself.',
    away: 'I have it',
  },
  revoke: 'Revoke',
  revokeNamed: (name: string) => `Revoke ${name}`,
  revokeTitle: 'Revoke this token?',
  revokeBody: (name: string, scopes: number) =>
    `“${name}”, made for ${counted(scopes, 'kind of request', 'kinds of requests')}, ends at once. Programs that use it are refused from then on. It can’t be taken back.`,
  revoked: 'The token is revoked.',
  /** What each scope is for. */
  scopeNames: {
    'provisioning:read':
      'See how provisioning is, sync runs and the provisioning log, who was skipped, what waits for approval, conflicts, renamed departments and explanations',
    'provisioning:sync': 'Ask for sync runs and previews, and cancel them',
    'provisioning:decide': 'Approve and reject held changes, answer conflicts and renamed departments',
    'people:read': 'See people, teams, managers, invitations and imported lists',
    'people:write': 'Change teams, unlink and reactivate people, send invitations, bring and start lists of people',
    'settings:read':
      'See the settings, the audit log, the group, and the connection with Microsoft, and try mappings on people',
    'settings:write': 'Change the settings and the group',
    'sign-ins:read': 'See why a sign-in was refused',
  },
} as const;
