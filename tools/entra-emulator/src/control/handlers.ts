import type { MovableTime } from '../clock/movable-time.ts';
import { EmulatorError } from '../emulator-error.ts';
import type { Latency } from '../graph/graph-plugin.ts';
import type { Microsoft } from '../microsoft.ts';
import type { ControlCommand } from './control-command.ts';

/** What commands act upon. */
export interface ControlDeps {
  readonly microsoft: Microsoft;
  readonly latency: Latency;
  readonly clock: () => Date;
  /** Absent when the clock was given from outside: then it is moved there. */
  readonly time: MovableTime | undefined;
}

/** Carries out one command. What it returns is told when it has an `id`. */
type Handler<Name extends ControlCommand['do']> = (command: Extract<ControlCommand, { do: Name }>) => unknown;

/** One for each command. */
export type Handlers = { readonly [Name in ControlCommand['do']]: Handler<Name> };

/** The error for a command that can't be carried out. */
export function refused(message: string): EmulatorError {
  return new EmulatorError('command-refused', message);
}

/** Throws unless it was done. */
export function expectDone(isDone: boolean, otherwise: string): void {
  if (!isDone) throw refused(otherwise);
}
