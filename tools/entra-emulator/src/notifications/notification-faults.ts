import { EmulatorError } from '../emulator-error.ts';
import { createRandom, type Random } from '../generate/random.ts';
import { checkNotificationFault } from './check-notification-fault.ts';
import type { Notification } from './notification.ts';
import type { CreationFault, NotificationFault, NotificationFaultState, TransportFault } from './notification-fault.ts';

interface Active {
  readonly id: string;
  readonly fault: NotificationFault;
  readonly random: Random;
  readonly until: number;
  met: number;
}

/** How finely a share is told apart. */
const STEPS = 1_000_000;

/** What goes wrong with notifications at present. May be changed while the emulator runs. */
export class NotificationFaults {
  readonly #clock: () => Date;
  #active: readonly Active[] = [];
  #added = 0;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /**
   * Puts a fault in force and returns its id. Of several that fit a notification the oldest meets it. Throws an
   * EmulatorError `fault-rule-invalid` for one that is not valid.
   */
  add(fault: NotificationFault): string {
    const { id = `fault-${(this.#added += 1)}`, forMs = Infinity, seed = 1 } = checkNotificationFault('fault', fault);
    if (this.#current().some((other) => other.id === id))
      throw new EmulatorError('fault-rule-invalid', `fault.id is that of another fault: ${id}`);
    const until = this.#clock().getTime() + forMs;
    this.#active = [...this.#active, { id, fault, random: createRandom(seed), until, met: 0 }];
    return id;
  }

  /** False when there is none of that id. */
  remove(id: string): boolean {
    const before = this.#active;
    this.#active = before.filter((other) => other.id !== id);
    return this.#active.length < before.length;
  }

  clear(): void {
    this.#active = [];
  }

  /** Every fault in force. */
  all(): NotificationFaultState[] {
    return this.#current().map(({ id, fault, met }) => ({ ...fault, id, met }));
  }

  /** The fault that meets a notification, if one does. */
  meet(notification: Notification): TransportFault | undefined {
    return this.#take(
      (fault): fault is TransportFault => fault.kind !== 'refuse-creation' && fits(fault, notification),
    );
  }

  /** The fault that refuses a subscription, if one does. */
  meetCreation(): CreationFault | undefined {
    return this.#take((fault): fault is CreationFault => fault.kind === 'refuse-creation');
  }

  #take<Kind extends NotificationFault>(isMeant: (fault: NotificationFault) => fault is Kind): Kind | undefined {
    for (const active of this.#current()) {
      const { fault, random } = active;
      if (!isMeant(fault) || random.integer(STEPS) >= (fault.share ?? 1) * STEPS) continue;
      active.met += 1;
      return fault;
    }
    return undefined;
  }

  #current(): readonly Active[] {
    const now = this.#clock().getTime();
    const isOver = ({ fault, met, until }: Active): boolean => met >= (fault.count ?? Infinity) || until <= now;
    if (this.#active.some(isOver)) this.#active = this.#active.filter((active) => !isOver(active));
    return this.#active;
  }
}

function fits(fault: TransportFault, { kind, subscriptionId }: Notification): boolean {
  return (fault.of ?? kind) === kind && (fault.subscriptionId ?? subscriptionId) === subscriptionId;
}
