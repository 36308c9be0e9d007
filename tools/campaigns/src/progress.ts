/** Where a command writes; `process` is one. */
export interface Output {
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>;
  readonly stderr: Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };
}

/** What goes on while rows are measured. */
export interface Progress {
  /** Replaces the line before on a terminal; elsewhere a line now and then. */
  show(text: string): void;
  /** Clears the line. */
  done(): void;
}

/** How often a line is printed where none can be replaced. */
const EVERY_MS = 10_000;

/** Shows progress on a stream. */
export function createProgress(stream: Output['stderr']): Progress {
  let printedAt = Number.NEGATIVE_INFINITY;
  return {
    show(text) {
      if (stream.isTTY) stream.write(`\r\u001b[K${text}`);
      else if (performance.now() - printedAt >= EVERY_MS) {
        printedAt = performance.now();
        stream.write(`${text}\n`);
      }
    },
    done() {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}
