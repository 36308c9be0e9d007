import type { NotificationFaults } from './notification-faults.ts';
import type { Notification } from './notification.ts';
import type { Timers } from './schedule.ts';

const REPEAT_MS = 1000;
/** How long a notification that is to come second waits for another one. */
const LONGEST_WAIT_MS = 60_000;

export interface FaultyOutboxDeps {
  readonly faults: NotificationFaults;
  readonly timers: Timers;
  readonly send: (notification: Notification) => void;
}

/** What notifications pass on their way to delivery, and where faults meet them. */
export class FaultyOutbox {
  readonly #deps: FaultyOutboxDeps;
  /** By URL: the one that goes after the next. */
  readonly #overtaken = new Map<string, Notification>();

  constructor(deps: FaultyOutboxDeps) {
    this.#deps = deps;
  }

  put(notification: Notification): void {
    const { timers, faults, send } = this.#deps;
    const fault = faults.meet(notification);
    if (fault?.kind === 'lose') return;
    if (fault?.kind === 'reorder' && !this.#overtaken.has(notification.url)) {
      this.#holdBack(notification);
    } else if (fault?.kind === 'delay') {
      timers.after(fault.ms, () => this.#sendWithOvertaken(notification));
    } else {
      this.#sendWithOvertaken(notification);
      if (fault?.kind === 'repeat') timers.after(fault.ms ?? REPEAT_MS, () => send(notification));
    }
  }

  #holdBack(notification: Notification): void {
    this.#overtaken.set(notification.url, notification);
    this.#deps.timers.after(LONGEST_WAIT_MS, () => {
      if (this.#overtaken.get(notification.url) === notification) this.#release(notification.url);
    });
  }

  #sendWithOvertaken(notification: Notification): void {
    this.#deps.send(notification);
    this.#release(notification.url);
  }

  #release(url: string): void {
    const overtaken = this.#overtaken.get(url);
    this.#overtaken.delete(url);
    if (overtaken) this.#deps.send(overtaken);
  }
}
