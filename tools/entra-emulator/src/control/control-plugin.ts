import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { EmulatorError } from '../emulator-error.ts';
import { refusalOf, type ControlReach } from './admission.ts';
import { checkCommand, describeCommands } from './check-command.ts';
import type { Control } from './control.ts';
import type { CommandResult, ControlCommand } from './control-command.ts';
import { selected } from './selected.ts';
import type { StateView } from './state-view.ts';

/** The control API over HTTP: `POST /_emulator/commands` takes a command or a list of them; the rest is for reading. */
export function controlPlugin(control: Control, view: StateView, reach: ControlReach): FastifyPluginAsync {
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify tells async plugins by their promise
  return async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (error instanceof EmulatorError) return problem(reply, 400, error.code, error.message);
      if (!isOfCaller(error)) throw error;
      return problem(reply, 400, 'command-invalid', `A command is sent as application/json: ${error.message}`);
    });
    app.addHook('onRequest', async (request, reply) => {
      const refusal = refusalOf(request, reach);
      return refusal === undefined ? undefined : problem(reply, 403, 'not-admitted', refusal);
    });
    app.post('/_emulator/commands', ({ body }) =>
      Array.isArray(body) ? runAll(control, body) : control.run(checkCommand('command', body)),
    );
    app.get('/_emulator/commands', () => describeCommands());
    app.get('/_emulator/state', () => view.state());
    app.get('/_emulator/clock', () => view.clock());
    app.get('/_emulator/counters', () => view.counters());
    app.get('/_emulator/faults', () => view.faults());
    app.get('/_emulator/subscriptions', () => view.subscriptions());
    app.get('/_emulator/requests', ({ query }) =>
      selected(view.requests(), query, ['method', 'template', 'tenantId', 'appId', 'status', 'throttled']),
    );
    app.get('/_emulator/deliveries', ({ query }) =>
      selected(view.deliveries(), query, ['url', 'outcome', 'status', 'attempt']),
    );
    app.all('/_emulator/*', ({ method, url }, reply) =>
      problem(reply, 404, 'not-there', `There is no ${method} ${url.replace(/\?.*$/, '')}.`),
    );
  };
}

/** All are checked before the first is carried out. Where one can't be, those before it have been, and its error says so. */
async function runAll(control: Control, values: readonly unknown[]): Promise<CommandResult[]> {
  const commands = values.map((value, index) => checkCommand(`commands[${index}]`, value));
  const results: CommandResult[] = [];
  for (const command of commands) results.push(await runNext(control, command, results.length));
  return results;
}

async function runNext(control: Control, command: ControlCommand, index: number): Promise<CommandResult> {
  try {
    return await control.run(command);
  } catch (error) {
    if (!(error instanceof EmulatorError)) throw error;
    throw new EmulatorError(error.code, `commands[${index}]: ${error.message}; those before it are done`);
  }
}

/** Whether Fastify itself refused the request: for its body, mostly. */
function isOfCaller(error: unknown): error is Error {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
}

/** RFC 9457, so that nobody takes it for an error of Graph's. */
function problem(reply: FastifyReply, status: number, code: string, detail: string): FastifyReply {
  return reply.status(status).type('application/problem+json; charset=utf-8').send({ status, code, detail });
}
