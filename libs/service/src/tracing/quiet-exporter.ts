import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from '../logger.ts';

/** An exporter that says once when its collector is away, and once when it is back: spans are many. */
export class QuietExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  #away = false;

  constructor(exporter: SpanExporter, logger: Pick<Logger, 'info' | 'warn'>) {
    this.#exporter = exporter;
    this.#logger = logger;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans, (result) => {
      // It is about no trace: without this the line would name the one whose span was sent by chance.
      context.with(ROOT_CONTEXT, () => this.#note(result));
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  #note({ code, error }: ExportResult): void {
    const failed = code === ExportResultCode.FAILED;
    if (failed === this.#away) return;
    this.#away = failed;
    // Not its message: that may quote what the collector answered.
    if (failed) this.#logger.warn({ reason: reasonOf(error) }, 'spans can not be sent, and are dropped until they can');
    else this.#logger.info('spans are sent again');
  }
}

const reasonOf = (error: Error | undefined) =>
  String((error as NodeJS.ErrnoException | undefined)?.code ?? error?.name);
