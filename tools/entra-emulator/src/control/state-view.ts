import type { PlannedFailureState } from '../entra/control/planned-failures.ts';
import type { TokenDefectOrder } from '../entra/control/token-defects.ts';
import type { FaultRuleState } from '../graph/faults/fault-rule.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import type { RequestCounts } from '../graph/request-log/request-counts.ts';
import type { LoggedRequest } from '../graph/request-log/request-log.ts';
import type { DeliveryEntry } from '../notifications/delivery-log.ts';
import type { NotificationFaultState } from '../notifications/notification-fault.ts';
import type { Subscription } from '../notifications/subscription.ts';
import type { Control } from './control.ts';
import type { ControlDeps } from './handlers.ts';

/** The emulator's clock. */
export interface ClockState {
  readonly now: string;
  /** 1 is real time, 0 stands still; null when the clock was given from outside. */
  readonly speed: number | null;
}

/** How many requests Graph has had. */
export type Counters = Omit<RequestCounts, 'reset'>;

/** All that goes wrong at present, or will. */
export interface FaultsState {
  readonly rules: readonly FaultRuleState[];
  readonly notifications: readonly NotificationFaultState[];
  readonly signIn: readonly PlannedFailureState[];
  readonly tokens: readonly TokenDefectOrder[];
}

/** The emulator at a glance. */
export interface EmulatorState {
  readonly clock: ClockState;
  readonly tenants: readonly {
    readonly tenantId: string;
    readonly displayName: string;
    readonly users: number;
    readonly groups: number;
    /** The number of the latest change. */
    readonly sequence: number;
  }[];
  readonly requests: Counters;
  readonly throttling: boolean;
  readonly latencyMs: number;
  readonly snapshots: readonly string[];
}

/** What can be looked at while the emulator runs, by people and by tests. */
export interface StateView {
  state(): EmulatorState;
  clock(): ClockState;
  counters(): Counters;
  /** The latest first. */
  requests(): readonly LoggedRequest[];
  /** The latest first. */
  deliveries(): readonly DeliveryEntry[];
  subscriptions(): readonly Subscription[];
  faults(): FaultsState;
}

export function createStateView(
  { microsoft, latency, clock, time }: ControlDeps,
  control: Pick<Control, 'snapshots'>,
): StateView {
  const { tenants, requests, requestLog, faultRules, throttle, entra } = microsoft;
  const { control: notifications } = microsoft.notifications;
  const view: StateView = {
    state: () => ({
      clock: view.clock(),
      tenants: tenants.map(tenantState),
      requests: view.counters(),
      throttling: throttle.isOn,
      latencyMs: latency.ms,
      snapshots: control.snapshots(),
    }),
    clock: () => ({ now: clock().toISOString(), speed: time?.speed ?? null }),
    counters() {
      const { total, batchMembers, byTemplate, byTenant, byApp } = requests;
      return { total, batchMembers, byTemplate, byTenant, byApp };
    },
    requests: () => requestLog.entries().toReversed(),
    deliveries: () => notifications.deliveries().toReversed(),
    subscriptions: () => notifications.subscriptions(),
    faults: () => ({ rules: faultRules.all(), notifications: notifications.faults.all(), ...entra.faults() }),
  };
  return view;
}

function tenantState({ directory }: GraphTenant): EmulatorState['tenants'][number] {
  const count = (kind: 'user' | 'group'): number => directory.everyId(kind).filter((id) => directory.find(id)).length;
  const { id: tenantId, displayName } = directory.tenant;
  return { tenantId, displayName, users: count('user'), groups: count('group'), sequence: directory.sequence };
}
