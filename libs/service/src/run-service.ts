import { types } from 'node:util';
import { ConfigError } from './config.ts';
import type { Logger } from './logger.ts';

/** A service that is up. `stop` ends it in the reverse order of its start. */
export interface RunningService {
  stop(): Promise<void>;
}

const STOP_DEADLINE_MS = 25_000;

/**
 * Runs a service as a process: bad configuration or a port in use ends it with one line and exit code 2, SIGTERM and
 * SIGINT stop it gracefully (exit 0), and a stop that hangs is ended (exit 1) before Kubernetes would kill it.
 */
export async function runService(start: () => Promise<{ service: RunningService; logger: Logger }>): Promise<void> {
  try {
    const { service, logger } = await start();
    const stop = (signal: string) => void stopGracefully(service, logger, signal);
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    process.exit(2);
  }
}

async function stopGracefully(service: RunningService, logger: Logger, signal: string): Promise<void> {
  logger.info({ signal }, 'stopping');
  const deadline = setTimeout(() => {
    logger.error('did not stop in time');
    process.exit(1);
  }, STOP_DEADLINE_MS);
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
