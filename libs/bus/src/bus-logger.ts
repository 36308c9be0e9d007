type Log = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** What the bus needs of a logger; pino's loggers fit. Fields are ids and counts, never the content of a record. */
export interface BusLogger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
}
