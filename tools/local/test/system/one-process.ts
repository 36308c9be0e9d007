import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongo } from '@learnamp/testkit';
import { authorityFile } from '../../src/parts/authority.ts';
import { environment, startChild, workspace } from './child.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-ports.ts';
import { graphDriver } from './graph-driver.ts';
import type { System } from './system.ts';
import { filesOf, type Trace } from './traces.ts';

/** `npm start` on the sample company: the embedded bus, everything in one process. */
export async function startOneProcess(said: Readonly<Record<string, string>> = {}): Promise<System> {
  const data = await mkdtemp(join(tmpdir(), 'learnamp-one-'));
  const mongo = await startMongo();
  const mongoUri = mongo.uri();
  const port = await freePort([1, 1100, 1143]);
  const env = environment({ MONGODB_URI: mongoUri, NODE_EXTRA_CA_CERTS: await authorityFile(undefined), ...said });
  const child = startChild(join(workspace, 'tools/local/dist/main.js'), ['--port', `${port}`, '--data', data], env);

  const ready = /tenant (\S+), client (\S+), secret (\S+)/;
  const { fact } = await eventually(
    () => `the system is up\n${child.output()}${child.errors()}`,
    () => ready.exec(child.output()) ?? undefined,
    120_000,
  );
  const [, tenantId = '', clientId = '', clientSecret = ''] = fact;
  const homeUrl = /Open (\S+)/.exec(child.output())?.[1] ?? '';
  return {
    graph: await graphDriver({ httpUrl: `http://localhost:${port + 1100}`, tenantId, clientId, clientSecret }),
    homeUrl,
    mongoUri,
    secrets: { tenantId, clientSecret },
    published: () => filesOf(join(data, 'bus')),
    logged: () => filesNamed(data, 'services.log'),
    diagnose: () => `${child.output()}${child.errors()}`,
    stop: async () => {
      await child.stop();
      await mongo.stop();
      await rm(data, { recursive: true });
    },
  };
}

async function* filesNamed(folder: string, name: string): AsyncIterable<Trace> {
  for await (const trace of filesOf(folder)) if (trace.where.endsWith(name)) yield trace;
}
