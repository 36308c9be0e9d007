export { ConfigError, loadConfig } from './config.ts';
export { readKeyRing } from './key-ring-variable.ts';
export { createLogger, type Logger } from './logger.ts';
export { addHealthRoutes, startHealthServer, type Health } from './health-server.ts';
export { describeStartFailure, runService, type RunningService } from './run-service.ts';
