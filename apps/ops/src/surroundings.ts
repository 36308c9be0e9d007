import { connectMongo } from '@learnamp/mongo';
import { createSealBox } from '@learnamp/organisations';
import { readKeyRing } from '@learnamp/service';
import { createInterface } from 'node:readline/promises';
import { openBuses } from './buses.ts';
import { type Seals, type Surroundings, UsageError } from './command-line/command.ts';
import { loadOpsConfig, type OpsConfig } from './config.ts';

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

const NAME = 'learnamp-ops';

/** Opens what commands work with, by the environment. @throws ConfigError, UsageError, or what MongoDB's driver says. */
export async function openSurroundings(
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Omit<Surroundings, 'print'> & { readonly close: () => Promise<void> }> {
  const config = loadOpsConfig(env);
  const connection = await connectMongo({ uri: config.MONGODB_URI, appName: NAME });
  const { close, ...buses } = openBuses(config, NAME);
  return {
    ...buses,
    connection,
    seals: () => sealsOf(config),
    progress: progressOn(terminal.err),
    confirm: (question) => ask(terminal, question),
    clock: () => new Date(),
    signal,
    close: async () => {
      await close();
      await connection.close();
    },
  };
}

function sealsOf({ SEALING_KEYS: keys }: OpsConfig): Seals {
  if (keys === undefined)
    throw new UsageError('SEALING_KEYS is missing, and without it no secret can be stored or opened');
  const ring = readKeyRing('SEALING_KEYS', keys);
  // No blind index is asked of it.
  return { ...createSealBox(ring, ring.current.key), currentKeyId: ring.current.id };
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
