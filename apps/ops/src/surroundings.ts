import { createKafkaBus } from '@learnamp/bus';
import { connectMongo } from '@learnamp/mongo';
import { createSealBox } from '@learnamp/organisations';
import { createLogger, readKeyRing } from '@learnamp/service';
import { createInterface } from 'node:readline/promises';
import { type Surroundings, UsageError } from './command-line/command.ts';
import { loadOpsConfig, type OpsConfig } from './config.ts';

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

const NAME = 'learnamp-ops';

/** What is said where nothing can be asked of the services. */
export const noBrokers =
  'KAFKA_BROKERS is missing, and without it nothing can be asked of the services. With npm start the topics are in the ' +
  'one process that runs: use Sync users on its page, or start it with KAFKA_BROKERS';

/** Opens what commands work with, by the environment. @throws ConfigError, UsageError, or what MongoDB's driver says. */
export async function openSurroundings(
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Surroundings & { readonly close: () => Promise<void> }> {
  const config = loadOpsConfig(env);
  const { MONGODB_URI: uri, KAFKA_BROKERS: brokers, TOPIC_PREFIX: topicPrefix } = config;
  const connection = await connectMongo({ uri, appName: NAME });
  let bus: ReturnType<typeof createKafkaBus> | undefined;
  return {
    connection,
    seals: () => sealsOf(config),
    hasBus: brokers !== undefined,
    bus: () => {
      if (!brokers) throw new UsageError(noBrokers);
      bus ??= createKafkaBus({
        brokers: brokers.split(','),
        clientId: NAME,
        topicPrefix,
        publish: { giveUpAfterMs: 15_000 },
        logger: createLogger(NAME, 'silent'),
        onFatal: () => undefined,
      });
      return bus;
    },
    progress: progressOn(terminal.err),
    confirm: (question) => ask(terminal, question),
    clock: () => new Date(),
    signal,
    close: async () => {
      await bus?.close();
      await connection.close();
    },
  };
}

function sealsOf({ SEALING_KEYS: keys }: OpsConfig) {
  if (keys === undefined) throw new UsageError('SEALING_KEYS is missing, and without it no secret can be stored');
  const ring = readKeyRing('SEALING_KEYS', keys);
  // No blind index is asked of it.
  return createSealBox(ring, ring.current.key);
}

/** A line that is rewritten in place on a terminal, and written once for each change elsewhere. */
function progressOn(err: Terminal['err']): (text: string) => void {
  let shown = '';
  return (text) => {
    if (text === shown) return;
    const ended = text === '' && shown !== '';
    if (err.isTTY) err.write(`\r\u001b[K${text}`);
    else if (!ended) err.write(`${text}\n`);
    shown = text;
  };
}

async function ask({ input, err }: Terminal, question: string): Promise<boolean> {
  if (!input.isTTY) throw new UsageError(`${question} Nobody is there to answer: say --yes`);
  const lines = createInterface({ input, output: err });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
