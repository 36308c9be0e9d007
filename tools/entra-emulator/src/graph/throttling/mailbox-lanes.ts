import { MAILBOX_CONCURRENCY } from './budgets.ts';

/** Gives the lane back. */
export type Leave = () => void;

interface Mailbox {
  busy: number;
  readonly waiting: (() => void)[];
}

/** How many requests an application has under way for one mailbox. */
export class MailboxLanes {
  readonly #mailboxes = new Map<string, Mailbox>();

  /** A lane, or undefined when all are taken. */
  tryEnter(key: string): Leave | undefined {
    const mailbox = this.#mailboxes.get(key) ?? { busy: 0, waiting: [] };
    if (mailbox.busy >= MAILBOX_CONCURRENCY) return undefined;
    mailbox.busy += 1;
    this.#mailboxes.set(key, mailbox);
    return () => this.#leave(key, mailbox);
  }

  /** A lane, as soon as there is one. */
  async enter(key: string): Promise<Leave> {
    for (;;) {
      const leave = this.tryEnter(key);
      if (leave) return leave;
      await new Promise<void>((done) => this.#mailboxes.get(key)?.waiting.push(done));
    }
  }

  #leave(key: string, mailbox: Mailbox): void {
    mailbox.busy -= 1;
    if (mailbox.busy === 0 && mailbox.waiting.length === 0) this.#mailboxes.delete(key);
    mailbox.waiting.shift()?.();
  }
}
