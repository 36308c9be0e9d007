/* global document, fetch, DOMParser, EventSource, setTimeout */
// Follows the latest run while the page is open: while it goes on by events, else by asking now and then. Without it the page works too, by its form and by reloading.

const POLL_RUNNING_MS = 1_000;
const POLL_IDLE_MS = 5_000;

const form = document.querySelector('[data-sync-form]');
const place = (name) => document.querySelector(`[data-run="${name}"]`);
const localTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The run that the page shows: its id is undefined before anything was read, null while there is no run. */
let shown = { id: undefined, mode: undefined, state: undefined, summary: place('summary').textContent };
/** What the status line says instead of the run's summary: about a press until the run changes, or that we can't read. */
let aboutPress;
let trouble;

/** Sets a text only where it differs: a live region must not be read out twice. */
function say(name, text) {
  const element = place(name);
  if (element.textContent !== text) element.textContent = text;
}

const sayStatus = () => say('summary', trouble ?? aboutPress ?? shown.summary);

function showTimes(root) {
  for (const time of root.querySelectorAll('time')) time.textContent = localTime.format(new Date(time.dateTime));
}

function show(run) {
  showProgress(run);
  say('problem', run.problem ?? '');
  place('problem').hidden = run.problem === null;
  place('counts').hidden = place('about').hidden = false;
  for (const element of document.querySelectorAll('[data-count]')) {
    const count = run.counts[element.dataset.count];
    element.textContent = count ?? 0;
    element.parentElement.hidden = count === undefined;
  }
  say('trigger', run.trigger);
  say('started', localTime.format(new Date(run.startedAt)));
}

function showProgress({ id, state, step, done, total }) {
  place('progress').hidden = state !== 'running';
  place('cancel').action = `/sync-runs/${id}/cancel`;
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

async function readLatest() {
  const answer = await fetch('/api/sync-runs/latest');
  // Signed out meanwhile, perhaps in another tab: the page no longer tells the truth.
  if (answer.status === 401) document.location.reload();
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { run } = await answer.json();
  return run;
}

/** The events of the run that goes on; undefined while there is none, or while nobody looks at the page. */
let events;

function stopListening() {
  events?.source.close();
  events = undefined;
}

/** Each event is the whole run, so a connection that broke is made anew by the browser, and nothing is missed. */
function listen({ id, state }) {
  if (state !== 'running') return stopListening();
  if (events?.id === id && events.source.readyState !== EventSource.CLOSED) return;
  stopListening();
  const source = new EventSource(`/api/sync-runs/${id}/events`);
  // Should the page's table not be read now, the next look at the run reads it.
  source.addEventListener('run', ({ data }) => update(JSON.parse(data)).catch(() => undefined));
  events = { id, source };
}

const isListening = () => events?.source.readyState === EventSource.OPEN;

async function follow() {
  await update(await readLatest());
}

async function update(run) {
  trouble = undefined;
  if (run) {
    listen(run);
    const changed = run.id !== shown.id || run.state !== shown.state;
    const first = shown.id === undefined;
    shown = run;
    if (changed && !first) aboutPress = undefined;
    show(run);
    if (changed) await refreshTable();
  } else shown = { ...shown, id: null };
  sayStatus();
}

async function keepFollowing() {
  try {
    if (document.hidden) stopListening();
    else await follow();
  } catch {
    trouble = 'The status can’t be read at the moment. It is tried again.';
    sayStatus();
  }
  const waits = aboutPress || (shown.state === 'running' && !isListening());
  setTimeout(keepFollowing, waits ? POLL_RUNNING_MS : POLL_IDLE_MS);
}

function announce(text) {
  aboutPress = text;
  sayStatus();
}

/** Asks for a run. Pressing while one is on joins it. */
async function ask(event) {
  event.preventDefault();
  const before = shown;
  const mode = event.submitter?.value ?? 'full';
  announce(`Asking for a ${nameOf(mode)} …`);
  try {
    const answer = await fetch('/api/sync-runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode }),
    });
    const body = await answer.json();
    announce(answer.ok ? outcome(before, mode, body) : body.detail);
    await follow();
    await refreshTable();
  } catch {
    announce('The request could not be sent. Check your connection and try again.');
  }
}

const nameOf = (mode) => (mode === 'preview' ? 'preview' : 'sync');

/** What became of a press; nothing to say when the new run is already on the page. */
function outcome(before, mode, { runId }) {
  const isSame = before.state === 'running' && before.mode === mode;
  const joined = runId === undefined ? isSame : runId === before.id;
  if (joined) return `Your request joined the ${nameOf(mode)} that is under way.`;
  const begins = `A ${nameOf(mode)} has been asked for. It begins shortly.`;
  return runId !== undefined && runId === shown.id ? undefined : begins;
}

form.addEventListener('submit', ask);
showTimes(document);
void keepFollowing();
