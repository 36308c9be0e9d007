import type { MovableTime } from '../clock/movable-time.ts';
import type { FaultRuleState } from '../graph/faults/fault-rule.ts';
import type { LoggedRequest } from '../graph/request-log/request-log.ts';
import type { Microsoft } from '../microsoft.ts';
import type { DeliveryEntry } from '../notifications/delivery-log.ts';
import type { NotificationFaultState } from '../notifications/notification-fault.ts';
import type { Subscription } from '../notifications/subscription.ts';
import type { Control } from './control.ts';

/** The emulator at a glance. */
export interface EmulatorState {
  readonly clock: { readonly now: string; readonly speed: number | null };
  readonly tenants: readonly {
    readonly tenantId: string;
    readonly displayName: string;
    readonly users: number;
    readonly groups: number;
    /** The number of the latest change. */
    readonly sequence: number;
  }[];
  readonly requests: {
    readonly total: number;
    readonly batchMembers: number;
    readonly byTemplate: Readonly<Record<string, number>>;
    readonly byTenant: Readonly<Record<string, number>>;
    readonly byApp: Readonly<Record<string, number>>;
  };
  readonly throttling: boolean;
  readonly snapshots: readonly string[];
}

/** What can be looked at while the emulator runs, by people and by tests. */
export interface StateView {
  state(): EmulatorState;
  /** The latest first. */
  requests(): readonly LoggedRequest[];
  /** The latest first. */
  deliveries(): readonly DeliveryEntry[];
  subscriptions(): readonly Subscription[];
  faults(): { readonly rules: readonly FaultRuleState[]; readonly notifications: readonly NotificationFaultState[] };
}

export function createStateView(
  microsoft: Microsoft,
  control: Control,
  clock: () => Date,
  time: MovableTime | undefined,
): StateView {
  const { tenants, requests, requestLog, faultRules, throttle } = microsoft;
  const { control: notifications } = microsoft.notifications;
  const count = (tenant: Microsoft['tenants'][number], kind: 'user' | 'group'): number =>
    tenant.directory.everyId(kind).filter((id) => tenant.directory.find(id)).length;
  return {
    state() {
      const { total, batchMembers, byTemplate, byTenant, byApp } = requests;
      return {
        // Null: the clock was given from outside.
        clock: { now: clock().toISOString(), speed: time?.speed ?? null },
        tenants: tenants.map((tenant) => ({
          tenantId: tenant.directory.tenant.id,
          displayName: tenant.directory.tenant.displayName,
          users: count(tenant, 'user'),
          groups: count(tenant, 'group'),
          sequence: tenant.directory.sequence,
        })),
        requests: { total, batchMembers, byTemplate, byTenant, byApp },
        throttling: throttle.isOn,
        snapshots: control.snapshots(),
      };
    },
    requests: () => requestLog.entries().toReversed(),
    deliveries: () => notifications.deliveries().toReversed(),
    subscriptions: () => notifications.subscriptions(),
    faults: () => ({ rules: faultRules.all(), notifications: notifications.faults.all() }),
  };
}
