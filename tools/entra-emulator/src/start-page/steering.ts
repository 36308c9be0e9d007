import type { StateView } from '../control/state-view.ts';
import { html, type Html } from '../entra/pages/html.ts';
import { commandButton, facts, row, table } from './parts.ts';

const MINUTE = 60_000;

/** Clock, faults and snapshots, with a button for what is done most. */
export function steering(view: StateView): Html {
  const { clock, snapshots, throttling } = view.state();
  const { rules, notifications } = view.faults();
  const ruleRows = rules.map(({ id, match, fault, matched, applied }) =>
    row(
      html`<code>${id}</code>`,
      html`<code>${JSON.stringify(match ?? {})}</code>`,
      html`<code>${JSON.stringify(fault)}</code>`,
      `${applied} of ${matched}`,
      commandButton(`Remove ${id}`, { do: 'remove-fault', id }),
    ),
  );
  return html`<section id="steer">
    <h2>Clock and faults</h2>
    ${facts([
      ['Clock', `${clock.now} (${speedOf(clock.speed)})`],
      ['Throttling', throttling ? "by Graph's published limits" : 'off'],
      ['Faults of notifications', notifications.map((fault) => JSON.stringify(fault)).join(', ') || 'none'],
      ['Snapshots', snapshots.join(', ') || 'none'],
    ])}
    ${clock.speed === null ? undefined : clockButtons(clock.speed)}
    <div class="commands">
      ${commandButton('Let Graph be out for a minute', { do: 'outage', forMs: MINUTE })}
      ${commandButton('Expire all tokens', { do: 'expire-tokens' })}
      ${commandButton('Roll the keys', { do: 'rotate-keys' })}
      ${commandButton('End all faults', { do: 'clear-faults' })}
      ${commandButton('Take a snapshot', { do: 'snapshot', name: 'from the start page' })}
      ${snapshots.map((name) => commandButton(`Restore “${name}”`, { do: 'restore', name }))}
    </div>
    ${table('Fault rules', ['Id', 'Requests', 'Fault', 'Met', ''], ruleRows, 'No fault rule is in force.')}
  </section>`;
}

function speedOf(speed: number | null): string {
  if (speed === null) return 'given from outside';
  if (speed === 0) return 'stands still';
  return speed === 1 ? 'runs' : `runs ${speed} times as fast`;
}

function clockButtons(speed: number): Html {
  return html`<div class="commands">
    ${
      speed === 0
        ? commandButton('Let the clock run', { do: 'set-clock-speed', times: 1 })
        : commandButton('Stop the clock', { do: 'freeze-clock' })
    }
    ${commandButton('10 minutes on', { do: 'advance-clock', ms: 10 * MINUTE })}
    ${commandButton('An hour on', { do: 'advance-clock', ms: 60 * MINUTE })}
    ${commandButton('A day on', { do: 'advance-clock', ms: 24 * 60 * MINUTE })}
  </div>`;
}
