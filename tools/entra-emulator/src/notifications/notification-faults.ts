import { createRandom, type Random } from '../generate/random.ts';
import type { Notification } from './notification.ts';
import type { CreationFault, NotificationFault, TransportFault } from './notification-fault.ts';

interface Active {
  readonly fault: NotificationFault;
  readonly random: Random;
  readonly until: number;
  left: number;
}

/** How finely a share is told apart. */
const STEPS = 1_000_000;

/** What goes wrong with notifications at present. May be changed while the emulator runs. */
export class NotificationFaults {
  readonly #clock: () => Date;
  #active: Active[] = [];

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** Begins a fault. Of several that fit a notification the oldest meets it. Returns the function that ends it. */
  add(fault: NotificationFault): () => void {
    const until = fault.forMs === undefined ? Infinity : this.#clock().getTime() + fault.forMs;
    const active = { fault, random: createRandom(fault.seed ?? 1), until, left: fault.count ?? Infinity };
    this.#active.push(active);
    return () => {
      this.#active = this.#active.filter((other) => other !== active);
    };
  }

  /** Those that have not run out, as they were given. */
  all(): readonly NotificationFault[] {
    const now = this.#clock().getTime();
    this.#active = this.#active.filter(({ left, until }) => left > 0 && until > now);
    return this.#active.map(({ fault }) => fault);
  }

  clear(): void {
    this.#active = [];
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
    this.all();
    for (const active of this.#active) {
      const { fault, random } = active;
      if (!isMeant(fault) || random.integer(STEPS) >= (fault.share ?? 1) * STEPS) continue;
      active.left -= 1;
      return fault;
    }
    return undefined;
  }
}

function fits(fault: TransportFault, { kind, subscriptionId }: Notification): boolean {
  return (fault.of ?? kind) === kind && (fault.subscriptionId ?? subscriptionId) === subscriptionId;
}
