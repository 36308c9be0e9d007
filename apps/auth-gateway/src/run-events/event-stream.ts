import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { RunView } from '../sync-runs/run-view.ts';

/** An event as it is sent: the whole run, under an id that says which state of it (WHATWG HTML, server-sent events). */
export interface RunEvent {
  readonly id: string;
  readonly text: string;
}

/** The same in every process, because it is made of the state alone. */
export function runEvent(run: RunView): RunEvent {
  const data = JSON.stringify(run);
  const id = createHash('sha256').update(data).digest('base64url').slice(0, 22);
  return { id, text: `event: run\nid: ${id}\ndata: ${data}\n\n` };
}

/** What a browser is sent; it asks anew by itself after this many milliseconds when the connection breaks. */
export class EventStream extends PassThrough {
  private told = '';

  constructor() {
    super();
    this.write('retry: 2000\n\n');
  }

  /** A reader that doesn't keep up misses states, not the newest: each event is the whole. */
  tell({ id, text }: RunEvent): void {
    if (this.writableEnded || this.writableNeedDrain || id === this.told) return;
    this.write(text);
    this.told = id;
  }

  /** Keeps proxies from closing a connection that says nothing. */
  beat(): void {
    if (!this.writableEnded && !this.writableNeedDrain) this.write(': still here\n\n');
  }

  /** The last state is sent to slow readers too. */
  tellLast({ text }: RunEvent): void {
    if (!this.writableEnded) this.end(text);
  }
}
