import { html, type Html } from '../entra/pages/html.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import { activity } from './activity.ts';
import { groupTree } from './group-tree.ts';
import { facts, table, row } from './parts.ts';
import { linkTo } from './paths.ts';
import type { ShellPage } from './shell.ts';
import type { StartPageDeps } from './start-page-plugin.ts';
import { steering } from './steering.ts';

const MAX_FOUND = 50;

/** The start page: addresses, directory, clock and faults, and what happened last. */
export function overview(deps: StartPageDeps, search: string): ShellPage {
  const { tenants, view } = deps;
  return {
    title: 'Start',
    body: html`<h1>A local Microsoft</h1>
      <section>
        <h2>Addresses</h2>
        ${facts([
          ['Graph', html`<code>${deps.httpsUrl()}/v1.0</code>, <code>${deps.httpUrl()}/v1.0</code>`],
          ['Sign-in', html`<code>${deps.httpsUrl()}/{tenant}/v2.0</code>`],
          ['Control', html`<code>${deps.httpUrl()}/_emulator/commands</code>`],
        ])}
        ${tokenExample(deps)}
      </section>
      <section id="directory">
        <h2>Directory</h2>
        <form method="get" action="/#directory" role="search">
          <label for="search">Find people by name, user principal name or mail</label>
          <div class="row">
            <input id="search" type="search" name="search" value="${search}" />
            <button>Find</button>
          </div>
        </form>
        ${search === '' ? undefined : found(tenants, search)} ${tenants.map(tenantPart)}
      </section>
      ${steering(view)} ${activity(view)}`,
  };
}

function found(tenants: readonly GraphTenant[], search: string): Html {
  const wanted = search.toLocaleLowerCase();
  const people = tenants.flatMap(({ directory }) =>
    directory
      .everyId('user')
      .flatMap((id) => directory.find(id) ?? [])
      .filter(({ properties }) =>
        ['displayName', 'userPrincipalName', 'mail'].some((name) => {
          const value = properties[name];
          return typeof value === 'string' && value.toLocaleLowerCase().includes(wanted);
        }),
      )
      .map((user) => html`<li>${linkTo(directory.tenant.id, user)}</li>`),
  );
  return html`<p role="status">${people.length} found${people.length > MAX_FOUND ? `, ${MAX_FOUND} shown` : ''}.</p>
    <ul>
      ${people.slice(0, MAX_FOUND)}
    </ul>`;
}

function tenantPart({ directory, applications }: GraphTenant): Html {
  const { id, displayName, verifiedDomains } = directory.tenant;
  const rows = applications.all().map(({ appId, displayName: name }) => {
    const principal = applications.servicePrincipals.find(appId);
    return row(name, html`<code>${appId}</code>`, principal?.appRoles.join(', ') ?? 'not installed');
  });
  return html`<h3>${displayName}</h3>
    ${facts([
      ['Tenant id', html`<code>${id}</code>`],
      ['Domains', verifiedDomains.map(({ name }) => name).join(', ')],
    ])}
    <h4>Groups</h4>
    ${groupTree(directory)}
    <h4>Applications</h4>
    ${table('Applications registered here', ['Name', 'Id', 'Granted'], rows, 'None.')}`;
}

/** A command line that gets a token. The secret is one of a directory file, made for tests. */
function tokenExample(deps: StartPageDeps): Html | undefined {
  const [tenant] = deps.tenants;
  const [application] = tenant?.applications.all() ?? [];
  const secret = application?.passwordCredentials[0]?.secretText;
  if (tenant === undefined || application === undefined || secret === undefined) return undefined;
  return html`<details>
    <summary>How to get a token</summary>
    <pre>
curl -s ${deps.httpUrl()}/${tenant.directory.tenant.id}/oauth2/v2.0/token -d grant_type=client_credentials \\
  -d client_id=${application.appId} -d client_secret=${secret} \\
  -d scope=https://graph.microsoft.com/.default</pre>
  </details>`;
}
