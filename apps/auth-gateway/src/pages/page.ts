import type { FastifyReply } from 'fastify';
import { html, type Html } from './html.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Whose page it is, shown at the top; Learn Amp's own where absent. */
  readonly organisationName?: string;
  /** On the right of the top, such as a form to sign out. */
  readonly corner?: Html;
  /** Stylesheets of ours beside the one of all pages. */
  readonly styles?: readonly string[];
  /** Modules of ours to load. */
  readonly scripts?: readonly string[];
}

/** Sends a whole page. A page is made for one person, so nobody may keep it. */
export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(documentOf(page).text);
}

function documentOf({ title, body, organisationName, corner, styles = [], scripts = [] }: Page): Html {
  const site = organisationName ?? 'Learn Amp';
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title === site ? title : `${title} – ${site}`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/style.css" />
        ${styles.map((source) => html`<link rel="stylesheet" href="${source}" />`)}
        ${scripts.map((source) => html`<script type="module" src="${source}"></script>`)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="top">
          <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28" />${site}</a>
          ${corner}
        </header>
        <main id="content" tabindex="-1">${body}</main>
        <footer class="bottom">Learn Amp</footer>
      </body>
    </html> `;
}
