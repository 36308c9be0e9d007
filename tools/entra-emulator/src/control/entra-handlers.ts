import type { ServicePrincipals } from '../directory/service-principals.ts';
import { checkSignInPolicies } from '../directory/check-sign-in.ts';
import { findTenant } from './find-tenant.ts';
import { expectDone, refused, type ControlDeps, type Handlers } from './handlers.ts';

type EntraCommands =
  | 'fail-sign-in'
  | 'spoil-tokens'
  | 'rotate-keys'
  | 'retire-keys'
  | 'expire-tokens'
  | 'grant-consent'
  | 'revoke-consent'
  | 'remove-service-principal'
  | 'disable-application'
  | 'enable-application'
  | 'set-sign-in-policies';

/** What goes wrong at sign-in, and what the administrators of a tenant may decide. */
export function entraHandlers({ microsoft: { entra, tenants } }: ControlDeps): Pick<Handlers, EntraCommands> {
  const principals = (tenantId: string | undefined): ServicePrincipals =>
    findTenant(tenants, tenantId).applications.servicePrincipals;
  /** Those of a tenant in which the application is installed. */
  const having = ({ tenantId, appId }: { tenantId?: string; appId: string }): ServicePrincipals => {
    const found = principals(tenantId);
    expectDone(found.find(appId) !== undefined, `the application ${appId} is not installed in the tenant`);
    return found;
  };
  return {
    'fail-sign-in': ({ aadsts, endpoint, times }) =>
      known(() => entra.failNext(aadsts, { endpoint, ...(times === undefined ? {} : { times }) })),
    'spoil-tokens': ({ order }) => entra.spoilTokens(order),
    'rotate-keys': ({ rollover }) => entra.rotateKeys(rollover),
    'retire-keys': () => entra.retireKeys(),
    'expire-tokens': () => entra.expireTokens(),
    'grant-consent': ({ tenantId, appId, appRoles }) => {
      const home = tenants.find((tenant) => tenant.applications.find(appId) !== undefined);
      const application = home?.applications.find(appId);
      if (home === undefined || application === undefined) throw refused(`there is no application ${appId}`);
      principals(tenantId).grant(application, home.directory.tenant.id, { appRoles });
    },
    'revoke-consent': (command) => having(command).revoke(command.appId),
    'remove-service-principal': (command) => having(command).remove(command.appId),
    'disable-application': (command) => having(command).setEnabled(command.appId, false),
    'enable-application': (command) => having(command).setEnabled(command.appId, true),
    'set-sign-in-policies': ({ tenantId, policies }) =>
      entra.setSignInPolicies(
        findTenant(tenants, tenantId).directory.tenant.id,
        checkSignInPolicies('policies', policies),
      ),
  };
}

/** A number that Entra has and the emulator has not is told as such. */
function known(plan: () => void): void {
  try {
    plan();
  } catch (error) {
    throw error instanceof RangeError ? refused(error.message) : error;
  }
}
