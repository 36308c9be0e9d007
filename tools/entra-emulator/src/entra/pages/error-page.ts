import type { EntraError } from '../errors/entra-error.ts';
import { headline, type ErrorReference } from '../errors/error-report.ts';
import { html } from './html.ts';
import type { Page } from './page.ts';

/** What a person sees when there is no application that the error could be sent back to. */
export function errorPage(error: EntraError, at: ErrorReference): Page {
  return {
    title: 'Sorry, we cannot sign you in',
    body: html`
      <h1>Sorry, we cannot sign you in</h1>
      <p class="alert" role="alert">${headline(error)}</p>
      <dl class="faint">
        <dt>Trace ID</dt>
        <dd>${at.traceId}</dd>
        <dt>Correlation ID</dt>
        <dd>${at.correlationId}</dd>
        <dt>Timestamp</dt>
        <dd>${at.timestamp}</dd>
      </dl>
    `,
  };
}
