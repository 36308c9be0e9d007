import type { FastifyPluginAsync } from 'fastify';
import { EmulatorError } from '../emulator-error.ts';
import { checkCommand } from './check-command.ts';
import type { Control } from './control.ts';
import { isForeign } from './is-foreign.ts';
import type { StateView } from './state-view.ts';

/**
 * The control API over HTTP: `POST /_emulator/commands` takes a command or a list of them; the rest is for reading. A page
 * of another origin can't use it: a browser says where such a request comes from.
 */
export function controlPlugin(control: Control, view: StateView): FastifyPluginAsync {
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify tells async plugins by their promise
  return async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof EmulatorError)) throw error;
      return reply.status(400).send({ code: error.code, message: error.message });
    });
    app.addHook('onRequest', (request, _reply, done) => {
      if (isForeign(request)) throw new EmulatorError('command-refused', 'pages of other origins can give no commands');
      done();
    });
    app.post('/_emulator/commands', async (request) => {
      if (!Array.isArray(request.body)) return control.run(request.body);
      // All or none: a list with one that is wrong changes nothing.
      const commands = request.body.map((command, index) => checkCommand(`commands[${index}]`, command));
      const results = [];
      for (const command of commands) results.push(await control.run(command));
      return results;
    });
    app.get('/_emulator/state', () => view.state());
    app.get('/_emulator/requests', () => view.requests());
    app.get('/_emulator/deliveries', () => view.deliveries());
    app.get('/_emulator/subscriptions', () => view.subscriptions());
    app.get('/_emulator/faults', () => view.faults());
  };
}
