import type { FastifyReply } from 'fastify';
import { html, Html } from './html.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** More for the document's head. */
  readonly head?: Html;
}

/** Sends a whole page. Pages are about one person's request, so nobody stores or frames them. */
export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .headers({ 'cache-control': 'no-store', 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff' })
    .send(documentOf(page).text);
}

function documentOf({ body, ...page }: Page): Html {
  const footer = html`<footer>Local Entra emulator. No password is asked: choose who you are.</footer>`;
  return htmlDocument({
    ...page,
    body: html`<main>${body}</main>
      ${footer}`,
  });
}

/** A document as every page of the emulator is one. `body` is the whole of it, `style` comes after what all share. */
export function htmlDocument({ title, body, head, style }: Page & { readonly style?: Html }): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Entra emulator</title>
        <link rel="icon" href="data:," />
        <style>
          ${STYLE}${style}
        </style>
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
}

/** What all pages of the emulator look like. */
const STYLE = new Html(`
:root { color-scheme: light dark; --ink: #1b1b1f; --faint: #5c5c66; --paper: #fff; --back: #eef1f6; --line: #c6cad3;
  --accent: #0b5cad; --hover: #e8f1fb; --alert: #9b1c1c; --alert-back: #fdecec; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f1f4; --faint: #b4b6c0; --paper: #1f2127; --back: #14151a;
  --line: #494d58; --accent: #7fb8f5; --hover: #2a303b; --alert: #ffb4ab; --alert-back: #3b1b1b; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 2rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: .5rem; }
footer { max-width: 30rem; margin: 1rem auto; color: var(--faint); font-size: .875rem; text-align: center; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
label.choice { margin-top: 1rem; font-weight: 400; }
label { display: block; font-weight: 600; }
input, button { font: inherit; color: inherit; }
input[type=search], input[type=text] { width: 100%; padding: .5rem .75rem; background: var(--paper);
  border: 1px solid var(--faint); border-radius: .25rem; }
.row { display: flex; gap: .5rem; margin-top: .25rem; }
.row input { flex: 1; min-width: 0; }
button { padding: .5rem 1rem; background: var(--paper); border: 1px solid var(--faint); border-radius: .25rem;
  cursor: pointer; }
button:hover { background: var(--hover); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--paper); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.people { max-height: 24rem; margin: 0; padding: .25rem; overflow-y: auto; list-style: none; }
.people button { display: block; width: 100%; margin-bottom: .25rem; border-color: var(--line); text-align: left;
  overflow-wrap: anywhere; }
.people strong { display: block; }
.faint { color: var(--faint); }
.mark { display: inline-block; margin-left: .25rem; padding: 0 .5rem; border: 1px solid var(--faint);
  border-radius: 1rem; font-size: .8rem; }
.alert { margin: 1rem 0; padding: .75rem 1rem; background: var(--alert-back); border-left: 4px solid var(--alert);
  color: var(--alert); overflow-wrap: anywhere; }
.quiet { position: absolute; width: 0; height: 0; border: 0; }
`);
