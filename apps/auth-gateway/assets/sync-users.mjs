/* global document, fetch, DOMParser, setTimeout */
// Follows the latest run while the page is open. Without it the page works too, by its form and by reloading.

const POLL_RUNNING_MS = 1_000;
const POLL_IDLE_MS = 5_000;

const form = document.querySelector('[data-sync-form]');
const place = (name) => document.querySelector(`[data-run="${name}"]`);
const localTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

let shown = { id: undefined, state: undefined };
let announcement;

/** Sets a text only where it differs: a live region must not be read out twice. */
function say(name, text) {
  const element = place(name);
  if (element.textContent !== text) element.textContent = text;
}

function showTimes(root) {
  for (const time of root.querySelectorAll('time')) time.textContent = localTime.format(new Date(time.dateTime));
}

function show(run) {
  if (announcement === undefined) say('summary', run.summary);
  showProgress(run);
  say('problem', run.problem ?? '');
  place('problem').hidden = run.problem === null;
  place('counts').hidden = place('about').hidden = false;
  for (const [name, count] of Object.entries(run.counts)) {
    document.querySelector(`[data-count="${name}"]`).textContent = count;
  }
  say('trigger', run.trigger);
  say('started', localTime.format(new Date(run.startedAt)));
}

function showProgress({ state, step, done, total }) {
  place('progress').hidden = state !== 'running';
  say('step', step);
  say('amount', total > 0 ? `${done} of ${total}` : '');
  const bar = document.querySelector('#run-progress');
  if (total > 0) Object.assign(bar, { max: total, value: done });
  else bar.removeAttribute('value');
}

/** Takes the table of recent runs from a fresh copy of the page, so that it is made in one place. */
async function refreshTable() {
  const answer = await fetch('/', { headers: { accept: 'text/html' } });
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#recent-runs');
  if (!fresh) return;
  showTimes(fresh);
  document.querySelector('#recent-runs').replaceWith(fresh);
}

async function follow() {
  const answer = await fetch('/api/sync-runs/latest');
  // Signed out meanwhile, perhaps in another tab: the page no longer tells the truth.
  if (answer.status === 401) return document.location.reload();
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { run } = await answer.json();
  if (!run) return undefined;
  if (run.id !== shown.id || run.state !== shown.state) {
    announcement = undefined;
    if (shown.id !== undefined || run.state !== 'running') await refreshTable();
    shown = { id: run.id, state: run.state };
  }
  show(run);
  return run;
}

async function keepFollowing() {
  let wait = POLL_IDLE_MS;
  try {
    const run = document.hidden ? undefined : await follow();
    if (run?.state === 'running' || announcement !== undefined) wait = POLL_RUNNING_MS;
  } catch {
    say('summary', 'The status can’t be read at the moment. It is tried again.');
    announcement = 'unreachable';
  }
  setTimeout(keepFollowing, wait);
}

function announce(text) {
  announcement = text;
  say('summary', text);
}

/** Asks for a run. Pressing while one is on joins it. */
async function ask(event) {
  event.preventDefault();
  const joining = shown.state === 'running';
  announce(joining ? 'Asking the sync that is under way to include this request …' : 'Asking for a sync …');
  try {
    const answer = await fetch('/api/sync-runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode: 'full' }),
    });
    const body = await answer.json();
    if (!answer.ok) return announce(body.detail);
    announce(
      body.runId === shown.id ? 'Joined the sync that is under way.' : 'A sync has been asked for. It begins shortly.',
    );
    await follow();
  } catch {
    announce('The request could not be sent. Check your connection and try again.');
  }
}

form.addEventListener('submit', ask);
showTimes(document);
void keepFollowing();
