import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export interface Options {
  readonly port: number;
  readonly data: string | undefined;
  readonly directory: string | undefined;
  readonly owner: string | undefined;
  readonly latencyMs: number;
  readonly once: boolean;
  readonly json: boolean;
  readonly reset: boolean;
  readonly help: boolean;
}

/** Something the user has to put right before anything can start: one line, exit code 2. */
export class UsageError extends Error {
  readonly code = 'usage';
  readonly retriable = false;
}

export const help = `npm start -- [flags]    the whole system on this machine

  --directory FILE   the directory of the local Microsoft (default: a sample company of about 60 people)
  --once             exit when the first full sync has been applied
  --json             with --once: the last line is one JSON object of counts
  --port N           people's door (default 3000); webhook-ingest is at N+1, the local Microsoft at N+1100 and N+1143
  --data DIR         where data is kept (default .learnamp/<subdomain>); it survives a restart
  --reset            clear that data first
  --owner UPN        who becomes Owner at the first sign-in
  --latency MS       what each request to the local Microsoft waits
  --help             this

Real parts: MONGODB_URI and KAFKA_BROKERS use running servers. AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET (or
AZURE_CLIENT_CERTIFICATE_PATH) and AZURE_GROUP_ID use the real Microsoft; NOTIFICATION_URL is the public https address of
webhook-ingest, and without it changes follow by timer. MICROSOFT_CLOUD names another cloud.`;

/** @throws UsageError */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const options = {
    port: whole('--port', values.port, 3000),
    latencyMs: whole('--latency', values.latency, 0),
    data: values.data,
    directory: values.directory,
    owner: values.owner,
    once: values.once,
    json: values.json,
    reset: values.reset,
    help: values.help,
  };
  if (options.json && !options.once) throw new UsageError('--json goes with --once');
  if (options.port < 1024 || options.port > 60_000) throw new UsageError('--port must be between 1024 and 60000');
  return options;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        latency: { type: 'string' },
        data: { type: 'string' },
        directory: { type: 'string' },
        owner: { type: 'string' },
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    const [line = 'bad flags'] = error instanceof Error ? error.message.split(/[.\n]/) : [];
    throw new UsageError(`${line}; npm start -- --help lists the flags`, { cause: error });
  }
}

function whole(flag: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${flag} takes a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}
