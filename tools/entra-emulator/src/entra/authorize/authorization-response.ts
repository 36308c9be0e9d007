import type { FastifyReply } from 'fastify';
import type { EntraError } from '../errors/entra-error.ts';
import { errorDescription, errorUri, type ErrorReference } from '../errors/error-report.ts';
import { hiddenFields, html, Html } from '../pages/html.ts';
import { sendPage } from '../pages/page.ts';
import type { ReplyAddress } from './reply-address.ts';

type Answer = Readonly<Record<string, string>>;

/** Sends an answer to the application in the response mode that it asked for, its `state` with it. */
export function sendAnswer(reply: FastifyReply, address: ReplyAddress, answer: Answer): FastifyReply {
  const parameters = { ...answer, ...(address.state === undefined ? {} : { state: address.state }) };
  if (address.responseMode === 'form_post') return sendForm(reply, address.redirectUri, parameters);
  const target = new URL(address.redirectUri);
  if (address.responseMode === 'fragment') target.hash = new URLSearchParams(parameters).toString();
  else for (const [name, value] of Object.entries(parameters)) target.searchParams.append(name, value);
  return reply.header('cache-control', 'no-store').redirect(target.href, 302);
}

/** RFC 6749, 4.1.2.1, with Entra's number in the description. */
export function sendError(
  reply: FastifyReply,
  address: ReplyAddress,
  error: EntraError,
  at: ErrorReference,
): FastifyReply {
  const { aadsts, kind } = error;
  return sendAnswer(reply, address, {
    error: kind.redirectError,
    error_description: errorDescription(error, at),
    ...(aadsts === undefined ? {} : { error_uri: errorUri(aadsts) }),
  });
}

/** OAuth 2.0 Form Post Response Mode, 2. */
function sendForm(reply: FastifyReply, action: string, fields: Answer): FastifyReply {
  return sendPage(reply, 200, {
    title: 'Working',
    body: html`<h1>Signing in</h1>
      <form method="post" action="${action}">
        ${hiddenFields(Object.entries(fields))}
        <button class="primary">Continue</button>
      </form>
      ${new Html('<script>document.forms[0].submit()</script>')}`,
  });
}
