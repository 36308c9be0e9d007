import { connectMongo } from '@learnamp/mongo';
import { buildApp } from '@learnamp/profile-writer';
import { createLogger } from '@learnamp/service';
import type { Stage } from './stage.ts';

/** profile-writer at the end of a stage's bus, in this process. */
export async function startWriter({ uri, bus }: Pick<Stage, 'bus' | 'uri'>): Promise<{ stop(): Promise<void> }> {
  const connection = await connectMongo({ uri, appName: 'figures-writer' });
  const logger = createLogger('figures', 'silent');
  const writer = await buildApp({ bus, connection, logger, clock: () => new Date(Date.now()) });
  const stop = async () => {
    await writer.stop();
    await connection.close();
  };
  return { stop };
}
