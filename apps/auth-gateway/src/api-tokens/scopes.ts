import type { FastifyContextConfig } from 'fastify';

/** What a token may be made for, each with what its holder can do, in words. */
export const scopes = {
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
} as const;

export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as Scope[];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token needs to be taken here. A route that says none takes no tokens. */
    readonly scope?: Scope;
  }
}

/** The options of a route that takes tokens of a scope. */
export const withScope = (scope: Scope, more: Omit<FastifyContextConfig, 'scope'> = {}) => ({
  config: { ...more, scope },
});
