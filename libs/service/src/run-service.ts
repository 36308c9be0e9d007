import { setTimeout as delay } from 'node:timers/promises';
import { types } from 'node:util';
import Type from 'typebox';
import { ConfigError } from './config.ts';
import type { Logger } from './logger.ts';

/** A service that is up. `stop` ends it in the reverse order of its start. */
export interface RunningService {
  stop(): Promise<void>;
}

/** What a process runs. */
export interface Started {
  readonly service: RunningService;
  readonly logger: Logger;
  /** How long it serves on when it is asked to stop, so that whoever sends requests can look elsewhere. Default 0. */
  readonly drainMs?: number;
}

const STOP_DEADLINE_MS = 25_000;

/** `DRAIN_SECONDS` of a service with a door: how long it serves on. What is left of the deadline is for its stop. */
export const drainSeconds = Type.Integer({ minimum: 0, maximum: 20, default: 5 });

/**
 * Runs a service as a process: bad configuration or a port in use ends it with one line and exit code 2, SIGTERM and
 * SIGINT stop it gracefully (exit 0), and a stop that hangs is ended (exit 1) before Kubernetes would kill it. `start` gets a
 * signal that says when the process is about to stop.
 */
export async function runService(start: (leaving: AbortSignal) => Promise<Started>): Promise<void> {
  const leaving = new AbortController();
  try {
    const started = await start(leaving.signal);
    const stop = (signal: string) => {
      leaving.abort();
      void stopGracefully(started, signal);
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    process.exit(2);
  }
}

async function stopGracefully({ service, logger, drainMs = 0 }: Started, signal: string): Promise<void> {
  logger.info({ signal }, 'stopping');
  const deadline = setTimeout(() => {
    logger.error('did not stop in time');
    process.exit(1);
  }, STOP_DEADLINE_MS);
  await delay(drainMs);
  await service.stop();
  clearTimeout(deadline);
  logger.info('stopped');
  process.exit(0);
}

/** One line that says why a process could not start. */
export function describeStartFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!types.isNativeError(error)) return `could not start: ${String(error)}`;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port ?? '?'} is in use: stop what listens there, or choose another port`;
  if (code === 'EACCES' && port !== undefined)
    return `port ${port} is not allowed for this user: choose one above 1023`;
  return `could not start: ${error.message.split('\n')[0] ?? error.name}`;
}
