import type { FastifyReply } from 'fastify';
import { html, Html } from '../entra/pages/html.ts';
import { htmlDocument } from '../entra/pages/page.ts';

/** A page about the emulator itself. */
export interface ShellPage {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
}

const WIDE = new Html(`
body { padding: 0 0 3rem; }
header, main.wide, footer { max-width: 72rem; margin: 0 auto; padding: 1rem; }
main.wide { border: 0; background: none; padding-top: 0; }
header nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
section { margin: 0 0 1.5rem; padding: 1rem 1.25rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: .5rem; }
main.wide > h1 { margin-bottom: .75rem; }
section h2 { margin-top: 0; font-size: 1.15rem; }
section h3 { margin: 1.25rem 0 .5rem; font-size: 1.05rem; }
section h4 { margin: 1rem 0 .25rem; font-size: .95rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dl.facts dt { color: var(--faint); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; color: var(--faint); }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
pre { overflow-x: auto; padding: .75rem; background: var(--back); border-radius: .25rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
ul.tree, ul.tree ul { margin: 0; padding-left: 1.25rem; }
ul.tree { padding-left: 0; }
ul.tree, ul.tree ul { list-style: none; }
details > summary { cursor: pointer; }
.commands { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0 0; }
.commands form { margin: 0; }
img.photo { width: 96px; height: 96px; border-radius: .5rem; object-fit: cover; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; }
`);

/** Sends a page with the emulator's frame around it. Nothing in it runs scripts or comes from elsewhere. */
export function sendShell(reply: FastifyReply, { title, body, status = 200 }: ShellPage): FastifyReply {
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'x-content-type-options': 'nosniff',
    })
    .send(htmlDocument({ title, style: WIDE, body: framed(body) }).text);
}

function framed(body: Html): Html {
  return html`<a class="skip" href="#content">Skip to the content</a>
    <header>
      <nav aria-label="Entra emulator">
        <a href="/"><strong>Entra emulator</strong></a>
        <a href="/#directory">Directory</a>
        <a href="/#steer">Clock and faults</a>
        <a href="/#requests">Requests</a>
        <a href="/#subscriptions">Subscriptions</a>
      </nav>
    </header>
    <main class="wide" id="content">${body}</main>`;
}
