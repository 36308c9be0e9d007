import type { BusLogger } from '../../src/index.ts';

const ignore = (): void => undefined;

export const silentLogger: BusLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
