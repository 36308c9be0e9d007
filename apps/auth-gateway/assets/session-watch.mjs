/* global document, fetch, setInterval */
// Ends a page that stays open after its session: whoever is no longer let in sees so without having to press anything.

const EVERY_MS = 5_000;

setInterval(async () => {
  if (document.visibilityState === 'hidden') return;
  const answer = await fetch('/api/me').catch(() => undefined);
  // What can't be reached says nothing about the session.
  if (answer?.status === 401) document.location.replace('/?notice=session-over');
}, EVERY_MS);
