import type { Organisations } from '@learnamp/organisations';
import type { FastifyInstance } from 'fastify';
import type { Hosts } from '../hosts/hosts.ts';
import { html } from '../pages/html.ts';
import { type Page, sendPage } from '../pages/page.ts';

type Query = Readonly<Record<string, unknown>>;

/** The central host's own page, for whoever came without the name of an organisation. */
export function findOrganisationRoutes(
  server: FastifyInstance,
  { organisations, hosts }: { readonly organisations: Organisations; readonly hosts: Hosts },
): void {
  server.get<{ Querystring: Query }>('/', async (request, reply) => {
    const { organisation: asked, notice } = request.query;
    const subdomain = typeof asked === 'string' ? asked.trim().toLowerCase() : '';
    const found = subdomain === '' ? null : await organisations.findBySubdomain(subdomain);
    if (found) return reply.redirect(`${hosts.homeOf(found.subdomain)}/`, 303);
    return sendPage(reply, 200, findOrganisationPage(hosts, subdomain, notice === 'signed-out'));
  });
}

function findOrganisationPage(hosts: Hosts, subdomain: string, signedOut: boolean): Page {
  const [, suffix] = hosts.homeOf('').split('//');
  return {
    title: 'Find your organisation',
    body: html`${signedOut ? html`<p class="notice" role="status">You are signed out.</p>` : undefined}
      <section class="card welcome">
        <h1>Find your organisation</h1>
        <p>Signing in starts at your organisation's own Learn Amp address.</p>
        ${
          subdomain === ''
            ? undefined
            : html`<p class="alert" role="alert" id="not-found">There is no organisation at ${subdomain}${suffix}.</p>`
        }
        <form method="get" action="/">
          <label for="organisation">Your organisation's address</label>
          <div class="address">
            <input
              id="organisation"
              name="organisation"
              value="${subdomain}"
              autocapitalize="none"
              autocomplete="organization"
              spellcheck="false"
              required
              ${subdomain === '' ? undefined : html`aria-invalid="true" aria-describedby="not-found"`}
            />
            <span>${suffix}</span>
          </div>
          <button class="primary wide">Continue</button>
        </form>
      </section>`,
  };
}
