import type { FastifyPluginAsync } from 'fastify';
import { refusalOf, type ControlReach } from '../control/admission.ts';
import { checkCommand } from '../control/check-command.ts';
import type { Control } from '../control/control.ts';
import type { ControlCommand } from '../control/control-command.ts';
import type { StateView } from '../control/state-view.ts';
import { EmulatorError } from '../emulator-error.ts';
import { html } from '../entra/pages/html.ts';
import { bodyParameters, acceptForms } from '../entra/request/parameters.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import { groupPage } from './group-page.ts';
import { overview } from './overview.ts';
import { personPage } from './person-page.ts';
import { sendShell, type ShellPage } from './shell.ts';

export interface StartPageDeps {
  readonly tenants: readonly GraphTenant[];
  readonly control: Control;
  readonly view: StateView;
  readonly reach: ControlReach;
  httpUrl(): string;
  httpsUrl(): string;
}

interface ObjectRoute {
  readonly Params: { readonly tenant: string; readonly id: string };
  readonly Querystring: { readonly from?: string };
}

/** Pages for people: what is in the directory, what has been asked and delivered, and buttons for the control API. */
export function startPagePlugin(deps: StartPageDeps): FastifyPluginAsync {
  const tenantOf = (id: string): GraphTenant | undefined =>
    deps.tenants.find(({ directory }) => directory.tenant.id === id.toLowerCase());
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify tells async plugins by their promise
  return async (app) => {
    acceptForms(app);
    app.addHook('onRequest', async (request, reply) => {
      const reason = refusalOf(request, deps.reach);
      return reason === undefined ? undefined : sendShell(reply, refusal(403, reason));
    });
    // Given twice it is a list, and means no more than nothing.
    app.get<{ Querystring: { search?: string | string[] } }>('/', ({ query: { search } }, reply) =>
      sendShell(reply, overview(deps, typeof search === 'string' ? search : '')),
    );
    app.get<ObjectRoute>('/_emulator/tenants/:tenant/users/:id', (request, reply) => {
      const tenant = tenantOf(request.params.tenant);
      return sendShell(reply, (tenant && personPage(tenant, request.params.id)) ?? notThere);
    });
    app.get<ObjectRoute>('/_emulator/tenants/:tenant/groups/:id', (request, reply) => {
      const tenant = tenantOf(request.params.tenant);
      const from = Number(request.query.from ?? 0) || 0;
      return sendShell(reply, (tenant && groupPage(tenant, request.params.id, from)) ?? notThere);
    });
    app.get<ObjectRoute>('/_emulator/tenants/:tenant/users/:id/photo', (request, reply) => {
      const photo = tenantOf(request.params.tenant)?.photos.get(request.params.id);
      if (photo === undefined) return sendShell(reply, notThere);
      return reply.header('x-content-type-options', 'nosniff').type(photo.contentType).send(photo.bytes);
    });
    app.post('/_emulator/form', async (request, reply) => {
      try {
        await deps.control.run(commandOf(bodyParameters(request).get('command') ?? ''));
        return await reply.redirect('/#steer', 303);
      } catch (error) {
        if (!(error instanceof EmulatorError)) throw error;
        return sendShell(reply, refusal(400, error.message));
      }
    });
  };
}

const notThere: ShellPage = {
  title: 'Not there',
  status: 404,
  body: html`<h1>Not there</h1>
    <p>Nothing of that id is in the directory now. <a href="/">Back to the start</a></p>`,
};

function commandOf(text: string): ControlCommand {
  try {
    return checkCommand('command', JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new EmulatorError('command-invalid', 'the command is not JSON');
    throw error;
  }
}

function refusal(status: number, message: string): ShellPage {
  return {
    title: 'Not done',
    status,
    body: html`<h1>Not done</h1>
      <p class="alert" role="alert">${message}</p>
      <p><a href="/">Back to the start</a></p>`,
  };
}
