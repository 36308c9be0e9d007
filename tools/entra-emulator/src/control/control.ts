import type { MovableTime } from '../clock/movable-time.ts';
import { EmulatorError } from '../emulator-error.ts';
import { isJsonObject } from '../json.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import type { Microsoft } from '../microsoft.ts';
import { checkCommand } from './check-command.ts';
import type { CommandResult, ControlCommand } from './control-command.ts';
import { Snapshots } from './snapshots.ts';

/** Makes things happen while the emulator runs. */
export interface Control {
  /**
   * Carries out a command; `unknown`, because it may come from a file or over HTTP.
   * Rejects with an EmulatorError `command-invalid` for one that is none, or `command-refused` for one that can't be carried
   * out; then nothing has changed.
   */
  run(command: unknown): Promise<CommandResult>;
  /** Names of the snapshots that can be restored. */
  snapshots(): readonly string[];
}

interface Deps {
  readonly microsoft: Microsoft;
  readonly clock: () => Date;
  /** Absent when the clock was given from outside: then it is moved there. */
  readonly time: MovableTime | undefined;
}

/** What it returns is told when it has an `id`. */
type Handler<Name extends ControlCommand['do']> = (command: Extract<ControlCommand, { do: Name }>) => unknown;

type Handlers = { readonly [Name in ControlCommand['do']]: Handler<Name> };

export function createControl(deps: Deps): Control {
  const snapshots = new Snapshots(deps.microsoft, deps.clock);
  const handlers: Handlers = {
    ...faultHandlers(deps),
    ...entraHandlers(deps),
    ...clockHandlers(deps),
    snapshot: ({ name }) => snapshots.take(name),
    restore: ({ name }) => snapshots.restore(name),
  };
  return {
    async run(value) {
      const command = checkCommand('command', value);
      // Each handler takes just the command that it is named after.
      const result = await handlers[command.do](command as never);
      return {
        done: command.do,
        ...(isJsonObject(result) && typeof result['id'] === 'string' ? { id: result['id'] } : {}),
      };
    },
    snapshots: () => snapshots.names(),
  };
}

type FaultCommands =
  | 'add-fault'
  | 'remove-fault'
  | 'clear-faults'
  | 'outage'
  | 'throttle'
  | 'stop-throttling'
  | 'add-notification-fault'
  | 'send-lifecycle-event'
  | 'drop-subscription'
  | 'reset-log';

function faultHandlers({ microsoft }: Deps): Pick<Handlers, FaultCommands> {
  const { faultRules, throttle, entra, requests, requestLog } = microsoft;
  const { control: notifications } = microsoft.notifications;
  return {
    'add-fault': ({ rule }) => ({ id: faultRules.add(rule) }),
    'remove-fault': ({ id }) =>
      expect(faultRules.remove(id) || notifications.faults.remove(id), `there is no fault rule "${id}"`),
    'clear-faults': () => {
      faultRules.replace([]);
      notifications.faults.clear();
      entra.clearFaults();
    },
    outage: ({ forMs, tenantId }) => ({
      id: faultRules.add({ fault: { drop: true }, forMs, ...(tenantId === undefined ? {} : { match: { tenantId } }) }),
    }),
    throttle: ({ scale }) => throttle.change({ scale }),
    'stop-throttling': () => throttle.change(false),
    'add-notification-fault': ({ fault }) => ({ id: notifications.faults.add(fault) }),
    'send-lifecycle-event': ({ subscriptionId, event }) =>
      expect(
        notifications.sendLifecycleEvent(subscriptionId, event),
        `there is no subscription ${subscriptionId} with a lifecycle URL`,
      ),
    'drop-subscription': ({ subscriptionId }) =>
      expect(notifications.dropSubscription(subscriptionId), `there is no subscription ${subscriptionId}`),
    'reset-log': () => {
      requests.reset();
      requestLog.reset();
    },
  };
}

type EntraCommands =
  | 'fail-sign-in'
  | 'spoil-tokens'
  | 'rotate-keys'
  | 'retire-keys'
  | 'expire-tokens'
  | 'grant-consent'
  | 'revoke-consent'
  | 'remove-service-principal'
  | 'set-sign-in-policies';

function entraHandlers({ microsoft: { entra, tenants } }: Deps): Pick<Handlers, EntraCommands> {
  const find = (tenantId: string | undefined): GraphTenant => {
    const [first] = tenants;
    const wanted = tenantId?.toLowerCase();
    const found = wanted === undefined ? first : tenants.find(({ directory }) => directory.tenant.id === wanted);
    if (found === undefined) throw refused(`there is no tenant ${tenantId ?? ''}`);
    return found;
  };
  const idOf = (tenantId: string | undefined): string => find(tenantId).directory.tenant.id;
  return {
    'fail-sign-in': ({ aadsts, endpoint, times }) =>
      attempt(() => entra.failNext(aadsts, { endpoint, ...(times === undefined ? {} : { times }) })),
    'spoil-tokens': ({ order }) => entra.spoilTokens(order),
    'rotate-keys': ({ rollover }) => entra.rotateKeys(rollover),
    'retire-keys': () => entra.retireKeys(),
    'expire-tokens': () => entra.expireTokens(),
    'grant-consent': ({ tenantId, appId, appRoles }) => {
      const { applications, directory } = find(tenantId);
      const application = tenants.flatMap((tenant) => tenant.applications.all()).find((known) => known.appId === appId);
      if (application === undefined) throw refused(`there is no application ${appId}`);
      applications.servicePrincipals.grant(application, directory.tenant.id, { appRoles });
    },
    'revoke-consent': ({ tenantId, appId }) => entra.revokeConsent(idOf(tenantId), appId),
    'remove-service-principal': ({ tenantId, appId }) => entra.removeServicePrincipal(idOf(tenantId), appId),
    'set-sign-in-policies': ({ tenantId, policies }) => entra.setSignInPolicies(idOf(tenantId), policies),
  };
}

type ClockCommands = 'freeze-clock' | 'set-clock-speed' | 'advance-clock' | 'set-clock';

function clockHandlers({ time }: Deps): Pick<Handlers, ClockCommands> {
  const movable = (): MovableTime => {
    if (time === undefined) throw refused('the clock was given to the emulator, and is moved where it comes from');
    return time;
  };
  return {
    'freeze-clock': () => movable().setSpeed(0),
    'set-clock-speed': ({ times }) => movable().setSpeed(times),
    'advance-clock': ({ ms }) => movable().advance(ms),
    'set-clock': ({ to }) => movable().set(new Date(to)),
  };
}

function attempt(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof RangeError) throw refused(error.message);
    throw error;
  }
}

function expect(isDone: boolean, otherwise: string): void {
  if (!isDone) throw refused(otherwise);
}

function refused(message: string): EmulatorError {
  return new EmulatorError('command-refused', message);
}
