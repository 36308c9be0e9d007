/* global document, fetch, setTimeout */
// Follows an import while its page is open, and shows the page anew when it has ended.

const POLL_MS = 1_000;

const { import: id } = document.querySelector('[data-import]').dataset;
const bar = document.querySelector('#import-progress');
const amount = document.querySelector('[data-progress="amount"]');

async function follow() {
  const answer = await fetch(`/api/imports/${id}`);
  // Signed out meanwhile, perhaps in another tab: the page no longer tells the truth.
  if (answer.status === 401) return document.location.reload();
  if (!answer.ok) return;
  const { state, progress } = await answer.json();
  bar.value = progress.done;
  amount.textContent = `${progress.done} of ${progress.total}`;
  if (state === 'finished') document.location.reload();
}

async function keepFollowing() {
  // A page that is shown anew asks no more.
  if (!document.hidden) await follow().catch(() => undefined);
  setTimeout(keepFollowing, POLL_MS);
}

void keepFollowing();
