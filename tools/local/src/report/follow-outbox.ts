import { setTimeout as delay } from 'node:timers/promises';
import { type OutboxDocument, outboxModel } from '@learnamp/profile-writer';
import type { Connection } from 'mongoose';

const POLL_MS = 1_000;

/** Tells of each mail that is put into the outbox from now on, until stopped: nobody delivers mail on this machine. */
export async function followOutbox(
  connection: Connection,
  tell: (mail: OutboxDocument) => void,
  signal: AbortSignal,
): Promise<void> {
  const outbox = outboxModel(connection);
  let after = new Date();
  while (!signal.aborted) {
    const mails = await outbox
      .find({ at: { $gt: after } })
      .sort({ at: 1 })
      .lean();
    for (const mail of mails) tell(mail);
    after = mails.at(-1)?.at ?? after;
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** A mail in one line, with the link that is in it. */
export function outboxLine({ to, subject, text }: Pick<OutboxDocument, 'to' | 'subject' | 'text'>): string {
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
  return `  mail to ${to.address}: ${subject}\n    ${link}`;
}
