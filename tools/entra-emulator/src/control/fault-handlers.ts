import { EmulatorError } from '../emulator-error.ts';
import { findTenant } from './find-tenant.ts';
import { expectDone, refused, type ControlDeps, type Handlers } from './handlers.ts';

type FaultCommands =
  | 'add-fault'
  | 'remove-fault'
  | 'clear-faults'
  | 'outage'
  | 'set-latency'
  | 'throttle'
  | 'stop-throttling'
  | 'expire-delta-links'
  | 'add-notification-fault'
  | 'send-lifecycle-event'
  | 'drop-subscription'
  | 'reset-log';

/** What goes wrong with Graph and with notifications. */
export function faultHandlers({ microsoft, latency }: ControlDeps): Pick<Handlers, FaultCommands> {
  const { faultRules, throttle, entra, requests, requestLog, tenants } = microsoft;
  const { control: notifications } = microsoft.notifications;
  return {
    'add-fault': ({ rule }) => ({ id: added(() => faultRules.add(rule)) }),
    'remove-fault': ({ id }) =>
      expectDone(faultRules.remove(id) || notifications.faults.remove(id), `there is no fault "${id}"`),
    'clear-faults': () => {
      faultRules.replace([]);
      notifications.faults.clear();
      entra.clearFaults();
    },
    outage: ({ forMs, tenantId, service = 'graph' }) => {
      const tenant = tenantId === undefined ? {} : { tenantId: findTenant(tenants, tenantId).directory.tenant.id };
      return { id: faultRules.add({ match: { service, ...tenant }, fault: { drop: true }, forMs }) };
    },
    'set-latency': ({ ms }) => {
      latency.ms = ms;
    },
    throttle: ({ scale }) => throttle.change({ scale }),
    'stop-throttling': () => throttle.change(false),
    'expire-delta-links': ({ tenantId }) => {
      for (const { delta } of tenantId === undefined ? tenants : [findTenant(tenants, tenantId)]) {
        delta.links.revoke();
        delta.pages.revoke();
      }
    },
    'add-notification-fault': ({ fault }) => ({ id: added(() => notifications.faults.add(fault)) }),
    'send-lifecycle-event': ({ subscriptionId, event }) =>
      expectDone(
        notifications.sendLifecycleEvent(subscriptionId, event),
        `there is no subscription ${subscriptionId} with a lifecycle URL`,
      ),
    'drop-subscription': ({ subscriptionId }) =>
      expectDone(notifications.dropSubscription(subscriptionId), `there is no subscription ${subscriptionId}`),
    'reset-log': () => {
      requests.reset();
      requestLog.reset();
      notifications.resetDeliveries();
    },
  };
}

/** A fault is checked before; what is left to be wrong with it is an id that another one has. */
function added(add: () => string): string {
  try {
    return add();
  } catch (error) {
    throw error instanceof EmulatorError ? refused(error.message) : error;
  }
}
