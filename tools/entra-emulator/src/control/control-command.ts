import type { FailingEndpoint } from '../entra/control/planned-failures.ts';
import type { TokenDefectOrder } from '../entra/control/token-defects.ts';
import type { KeyRollover } from '../entra/keys/signing-keys.ts';
import type { SignInPolicies } from '../entra/sign-in-policies.ts';
import type { FaultMatch, FaultRule } from '../graph/faults/fault-rule.ts';
import type { LifecycleEvent } from '../notifications/notification.ts';
import type { NotificationFault } from '../notifications/notification-fault.ts';

/** In which tenant; the only one, or the first, when it is left out. */
interface InTenant {
  readonly tenantId?: string;
}

interface ForApp extends InTenant {
  readonly appId: string;
}

/** Everything that can be made to happen, as data. `do` says what; times are milliseconds of the emulator's clock. */
export type ControlCommand =
  | { readonly do: 'add-fault'; readonly rule: FaultRule }
  /** Of Graph or of notifications. */
  | { readonly do: 'remove-fault'; readonly id: string }
  /** Ends every fault: those of Graph, of notifications, of sign-in and of tokens. */
  | { readonly do: 'clear-faults' }
  /** Connections are closed without an answer: Graph's unless `service` says otherwise. For one tenant, or for all. */
  | {
      readonly do: 'outage';
      readonly forMs: number;
      readonly tenantId?: string;
      readonly service?: FaultMatch['service'];
    }
  /** What each request to Graph waits from now on, in real time. */
  | { readonly do: 'set-latency'; readonly ms: number }
  | { readonly do: 'throttle'; readonly scale: number }
  | { readonly do: 'stop-throttling' }
  /** Every delta link and every page of a delta round handed out so far is refused; in one tenant, or in all. */
  | { readonly do: 'expire-delta-links'; readonly tenantId?: string }
  | { readonly do: 'add-notification-fault'; readonly fault: NotificationFault }
  | { readonly do: 'send-lifecycle-event'; readonly subscriptionId: string; readonly event: LifecycleEvent }
  | { readonly do: 'drop-subscription'; readonly subscriptionId: string }
  | {
      readonly do: 'fail-sign-in';
      readonly aadsts: number;
      readonly endpoint: FailingEndpoint;
      readonly times?: number;
    }
  | { readonly do: 'spoil-tokens'; readonly order: Omit<TokenDefectOrder, 'until'> }
  | { readonly do: 'rotate-keys'; readonly rollover?: KeyRollover }
  | { readonly do: 'retire-keys' }
  | { readonly do: 'expire-tokens' }
  | ({ readonly do: 'grant-consent'; readonly appRoles: readonly string[] } & ForApp)
  | ({ readonly do: 'revoke-consent' } & ForApp)
  | ({ readonly do: 'remove-service-principal' } & ForApp)
  | ({ readonly do: 'disable-application' } & ForApp)
  | ({ readonly do: 'enable-application' } & ForApp)
  | ({ readonly do: 'set-sign-in-policies'; readonly policies: SignInPolicies } & InTenant)
  | { readonly do: 'freeze-clock' }
  | { readonly do: 'set-clock-speed'; readonly times: number }
  | { readonly do: 'advance-clock'; readonly ms: number }
  | { readonly do: 'set-clock'; readonly to: string }
  /** Back to the real time. */
  | { readonly do: 'reset-clock' }
  | { readonly do: 'snapshot'; readonly name: string }
  | { readonly do: 'restore'; readonly name: string }
  /** Empties the logs of requests and deliveries, and the counters. */
  | { readonly do: 'reset-log' };

export type CommandName = ControlCommand['do'];

/** What a command came to: `id` of a fault that was added. */
export interface CommandResult {
  readonly done: CommandName;
  readonly id?: string;
}
