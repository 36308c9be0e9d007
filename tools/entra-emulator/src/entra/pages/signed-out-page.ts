import { html, Html } from './html.ts';
import type { Page } from './page.ts';

/** The address that signs the browser out of one application. */
export interface SignedOutFrame {
  readonly applicationName: string;
  readonly url: string;
}

/** Signs out of the applications in hidden frames and then goes on to `target`, if there is one. */
export function signedOutPage(frames: readonly SignedOutFrame[], target: string | undefined): Page {
  return {
    title: 'You signed out',
    ...(target === undefined ? {} : { head: withoutScript(target) }),
    body: html`
      <h1>You signed out of your account</h1>
      ${
        target === undefined
          ? html`<p>It is a good idea to close all browser windows.</p>`
          : html`<p><a id="target" href="${target}">Continue</a></p>
              ${GO_ON}`
      }
      ${frames.map(
        ({ applicationName, url }) =>
          html`<iframe class="quiet" tabindex="-1" title="Signing out of ${applicationName}" src="${url}"></iframe>`,
      )}
    `,
  };
}

function withoutScript(target: string): Html {
  return html`<noscript><meta http-equiv="refresh" content="3;url=${target}" /></noscript>`;
}

// The window's load event waits for the frames; an application that does not answer holds nobody up.
const GO_ON = new Html(`<script>
  const goOn = () => location.replace(document.getElementById('target').href);
  addEventListener('load', goOn);
  setTimeout(goOn, 5000);
</script>`);
