import type { StateView } from '../control/state-view.ts';
import { html, type Html } from '../entra/pages/html.ts';
import { commandButton, row, table } from './parts.ts';

const SHOWN = 50;

/** What was asked and what was delivered last. */
export function activity(view: StateView): Html {
  const requests = view
    .requests()
    .slice(0, SHOWN)
    .map(({ at, method, url, status, resourceUnits, throttled, faults, ms }) =>
      row(
        at.slice(11, 23),
        method,
        html`<code>${url}</code>`,
        status === undefined ? 'cut off' : `${status}${throttled ? ' throttled' : ''}`,
        resourceUnits,
        faults.join(', '),
        ms.toFixed(1),
      ),
    );
  const deliveries = view
    .deliveries()
    .slice(0, SHOWN)
    .map(({ at, url, notifications, attempt, outcome, status, ms }) =>
      row(
        new Date(at).toISOString().slice(11, 23),
        html`<code>${url}</code>`,
        notifications,
        attempt,
        status === undefined ? outcome : `${outcome} (${status})`,
        Math.round(ms),
      ),
    );
  return html`<section id="requests">
      <h2>Requests to Graph</h2>
      ${table(
        `The last ${SHOWN}, newest first`,
        ['At', 'Method', 'Address', 'Answer', 'Units', 'Faults', 'ms'],
        requests,
        'Nobody has asked for anything yet.',
      )}
    </section>
    <section id="subscriptions">
      <h2>Subscriptions</h2>
      ${subscriptionTable(view)}
      <h3>Deliveries</h3>
      ${table(
        `The last ${SHOWN}, newest first`,
        ['At', 'Address', 'Notifications', 'Attempt', 'Outcome', 'ms'],
        deliveries,
        'Nothing was delivered yet.',
      )}
    </section>`;
}

function subscriptionTable(view: StateView): Html {
  const rows = view.subscriptions().map((subscription) => {
    const { id, resource, changeType, notificationUrl, lifecycleNotificationUrl, expiration } = subscription;
    return row(
      resource,
      changeType,
      html`<code>${notificationUrl}</code>`,
      new Date(expiration.at).toISOString(),
      html`<div class="commands">
        ${
          lifecycleNotificationUrl === null
            ? undefined
            : commandButton(`Ask ${resource} to reauthorise`, {
                do: 'send-lifecycle-event',
                subscriptionId: id,
                event: 'reauthorizationRequired',
              })
        }
        ${commandButton(`Drop ${resource} silently`, { do: 'drop-subscription', subscriptionId: id })}
      </div>`,
    );
  });
  return table('Alive now', ['Resource', 'Changes', 'To', 'Until', ''], rows, 'There are none.');
}
