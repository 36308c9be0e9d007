import { isJsonObject } from '../json.ts';
import { checkCommand } from './check-command.ts';
import { clockHandlers } from './clock-handlers.ts';
import type { CommandResult, ControlCommand } from './control-command.ts';
import { entraHandlers } from './entra-handlers.ts';
import { faultHandlers } from './fault-handlers.ts';
import type { ControlDeps, Handlers } from './handlers.ts';
import { Snapshots } from './snapshots.ts';

/** Makes things happen while the emulator runs. */
export interface Control {
  /**
   * Carries out a command. Rejects with an EmulatorError `command-invalid` for one that is none, or `command-refused` for
   * one that can't be carried out; then nothing has changed.
   */
  run(command: ControlCommand): Promise<CommandResult>;
  /** Names of the snapshots that can be restored. */
  snapshots(): readonly string[];
}

export function createControl(deps: ControlDeps): Control {
  const snapshots = new Snapshots(deps.microsoft, deps.clock);
  const handlers: Handlers = {
    ...faultHandlers(deps),
    ...entraHandlers(deps),
    ...clockHandlers(deps),
    snapshot: ({ name }) => snapshots.take(name),
    restore: ({ name }) => snapshots.restore(name),
  };
  return {
    async run(value) {
      const command = checkCommand('command', value);
      // Each handler takes just the command that it is named after.
      const result = await handlers[command.do](command as never);
      return {
        done: command.do,
        ...(isJsonObject(result) && typeof result['id'] === 'string' ? { id: result['id'] } : {}),
      };
    },
    snapshots: () => snapshots.names(),
  };
}
