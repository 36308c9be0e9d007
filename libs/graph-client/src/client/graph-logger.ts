type Log = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** What the client needs of a logger; pino's loggers fit. Fields are codes, paths and numbers, never tokens or bodies. */
export interface GraphLogger {
  readonly debug: Log;
  readonly warn: Log;
}
